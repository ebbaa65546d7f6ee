// Nothing to do; a browser knows an extension by its background.
