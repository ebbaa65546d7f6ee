package detector

import (
	"path"
	"strings"
)

// structure looks at what the mail is built of.
func (e *evidence) structure() {
	r := e.r
	if len(r.page.Forms) > 0 && r.page.PasswordField {
		e.add(FormInMail, 1, Evidence{Shown: cutText(r.page.Forms[0], 200)})
	} else if len(r.page.Forms) > 0 && !r.m.List {
		e.add(FormInMail, 0.4, Evidence{Shown: cutText(r.page.Forms[0], 200)})
	}
	for i, name := range r.m.Attachments {
		if i >= 100 {
			break
		}
		if scale := risky(name); scale > 0 {
			e.add(AttachmentRisky, scale, Evidence{Shown: cutText(name, 200)})
		}
	}
	if e.imageOnly() {
		e.add(ImageOnly, 1, Evidence{})
	}
	if r.m.List && !e.foreign {
		e.add(ListMail, 1, Evidence{})
	}
	if r.page.Capped || r.m.Partial || len(r.links) > MaxLinks {
		e.add(NotAllRead, 1, Evidence{})
	}
}

// imageOnly reports a mail that is one linked picture: the words are where no
// program reads them.
func (e *evidence) imageOnly() bool {
	if len(strings.TrimSpace(e.r.body)) > 120 {
		return false
	}
	large, linked := 0, false
	for _, img := range e.r.page.Images {
		if img.Large {
			large++
		}
	}
	for i := range e.r.links {
		linked = linked || e.r.links[i].Image
	}
	return large > 0 && large <= 4 && linked
}

// risky rates an attachment by its name: what runs or shows a page when opened,
// most of all behind a second, harmless extension.
func risky(name string) float64 {
	name = strings.ToLower(strings.TrimRight(strings.TrimSpace(name), ". "))
	ext := path.Ext(name)
	before := path.Ext(strings.TrimSuffix(name, ext))
	switch ext {
	case ".exe", ".scr", ".com", ".pif", ".bat", ".cmd", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".lnk", ".msi",
		".ps1", ".jar", ".cpl", ".reg", ".iso", ".img", ".vhd", ".vhdx", ".one", ".xll", ".appx", ".url", ".chm":
		return 1.5
	case ".html", ".htm", ".shtml", ".xhtml", ".mht", ".svg":
		if before != "" && len(before) <= 5 {
			return 1.3
		}
		return 1
	case ".xlsm", ".docm", ".pptm", ".xlam", ".dotm":
		return 1
	case ".zip", ".rar", ".7z", ".gz", ".z", ".ace", ".cab":
		if before == ".pdf" || before == ".doc" || before == ".xls" || before == ".docx" || before == ".xlsx" {
			return 0.8
		}
		return 0.3
	}
	return 0
}
