package pack

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// manifest puts manifest.json into files, as one browser wants it, and checks
// that everything it names is there. It answers the version.
//
// The repository's manifest serves both browsers at once, which they load with
// warnings; the stores' linters take fewer.
func (o *Options) manifest(files map[string][]byte, browser Browser) (version string, err error) {
	m, version, err := o.readManifest()
	if err != nil {
		return "", err
	}
	background, _ := m["background"].(map[string]any)
	switch browser {
	case Chrome:
		delete(m, "browser_specific_settings")
		delete(background, "scripts")
	case Firefox:
		delete(m, "minimum_chrome_version")
		delete(m, "storage") // Firefox takes policy without a schema
		delete(background, "service_worker")
	}
	o.addOrigins(m)
	if missing := missingFiles(m, files); len(missing) > 0 {
		return "", fmt.Errorf("pack: manifest.json names files that do not exist: %s", strings.Join(missing, ", "))
	}
	if files["manifest.json"], err = json.Marshal(m); err != nil {
		return "", fmt.Errorf("pack: %w", err)
	}
	return version, nil
}

// readManifest reads the repository's manifest and the version that is packed.
func (o *Options) readManifest() (m map[string]any, version string, err error) {
	raw, err := os.ReadFile(filepath.Join(o.Root, "manifest.json"))
	if err != nil {
		return nil, "", fmt.Errorf("pack: %w", err)
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, "", fmt.Errorf("pack: manifest.json: %w", err)
	}
	if o.Version != "" {
		m["version"] = o.Version
	}
	if version, _ = m["version"].(string); !validVersion.MatchString(version) {
		return nil, "", fmt.Errorf("pack: manifest.json: %q is no version", version)
	}
	return m, version, nil
}

// version is that of the packages.
func (o *Options) version() (string, error) {
	_, version, err := o.readManifest()
	return version, err
}

// addOrigins lets the extension work on further origins.
func (o *Options) addOrigins(m map[string]any) {
	for _, origin := range o.DevOrigins {
		pattern := originPattern(origin)
		m["host_permissions"] = addTo(m["host_permissions"], pattern)
		scripts, _ := m["content_scripts"].([]any)
		for _, s := range scripts {
			if script, ok := s.(map[string]any); ok {
				script["matches"] = addTo(script["matches"], pattern)
			}
		}
	}
}

func addTo(list any, item string) []any {
	items, _ := list.([]any)
	if slices.Contains(items, any(item)) {
		return items
	}
	return append(items, item)
}

// originPattern is the match pattern of an origin. It leaves the port out:
// Firefox refuses patterns that have one, and without it both browsers match
// every port.
func originPattern(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Hostname() + "/*"
}

func (o *Options) validateOrigins() error {
	var errs []error
	for _, origin := range o.DevOrigins {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" ||
			u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
			errs = append(errs, fmt.Errorf("pack: %q is no origin; one looks like http://localhost:8080", origin))
		}
	}
	return errors.Join(errs...)
}

// missingFiles lists the files that a manifest names and that are not packed.
func missingFiles(m map[string]any, files map[string][]byte) []string {
	var missing []string
	var look func(key string, v any)
	look = func(key string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, item := range v {
				look(k, item)
			}
		case []any:
			for _, item := range v {
				look(key, item)
			}
		case string:
			name := strings.TrimPrefix(v, "/")
			if isFileName(name) && files[name] == nil && !slices.Contains(missing, name) {
				missing = append(missing, name)
			}
		}
	}
	look("", m)
	slices.Sort(missing)
	return missing
}

// isFileName reports whether a manifest's string names a packed file: by its
// suffix, since the keys that hold file names are many and grow.
func isFileName(s string) bool {
	return !strings.ContainsAny(s, ":* ") && slices.Contains(packed, filepath.Ext(s))
}

// config is what the extension reads at its start.
func (o *Options) config() ([]byte, error) {
	return json.Marshal(struct {
		RulesURL  string   `json:"rulesURL"`
		RulesKeys []string `json:"rulesKeys"`
		Welcome   bool     `json:"welcome"`
	}{strings.TrimRight(o.RulesURL, "/"), append([]string{}, o.RulesKeys...), !o.NoWelcome})
}

// validateRules checks the rule server and its keys: a package with one wrong
// would never update, and nobody would see it.
func (o *Options) validateRules() error {
	var errs []error
	if o.RulesURL != "" {
		u, err := url.Parse(o.RulesURL)
		switch {
		case err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
			errs = append(errs, fmt.Errorf("pack: %q is no base URL of a rule server", o.RulesURL))
		case u.Scheme == "http" && (u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1" || u.Hostname() == "::1"):
		case u.Scheme != "https":
			errs = append(errs, fmt.Errorf("pack: rule server %q: only https, or http on this machine", o.RulesURL))
		}
		if len(o.RulesKeys) == 0 {
			errs = append(errs, errors.New("pack: a rule server without a key: nothing it says would be believed"))
		}
	}
	for _, key := range o.RulesKeys {
		if strings.HasPrefix(key, "PRIVATE+KEY+") {
			errs = append(errs, errors.New("pack: that is the private key; the package takes the verifier key"))
		} else if _, err := note.NewVerifier(key); err != nil {
			errs = append(errs, fmt.Errorf("pack: %q is no verifier key", key))
		}
	}
	return errors.Join(errs...)
}
