package detector

// A Level is the answer in one word.
type Level string

const (
	// OK means that nothing was found. It never means "safe".
	OK Level = "ok"
	// Caution means: look twice before acting.
	Caution Level = "caution"
	// Danger means: this is an attack, as far as evidence goes.
	Danger Level = "danger"
	// Unknown means that there was nothing to look at, or that it could not be
	// looked at.
	Unknown Level = "unknown"
)

// A Verdict is what Check and CheckURL answer. The score is the sum of the
// findings' weights, so that every verdict explains itself.
type Verdict struct {
	Level Level   `json:"level"`
	Score float64 `json:"score"`
	// Brand is the id of the brand the mail claims to come from, or empty.
	Brand string `json:"brand,omitempty"`
	// Findings are ordered by weight, heaviest first, then by symbol.
	Findings []Finding `json:"findings"`
	// Links holds one verdict per link, in document order, capped at MaxLinks.
	Links  []LinkVerdict `json:"links"`
	Advice []Advice      `json:"advice,omitempty"`
	// Partial reports that not everything could be read: a clipped message, or
	// one beyond the limits of this package.
	Partial bool `json:"partial,omitempty"`
	// Needs are the hashes of exact blocklist sections that are not in memory and without
	// which a link cannot be told from one that is known as an attack. Load
	// them ([Blocklist.Load]) and ask again; it is rare.
	Needs []string `json:"needs,omitempty"`
}

// A Finding is one piece of evidence: what was seen, never a sentence about it.
// The sentences live in the message catalogue, under the symbol's name.
type Finding struct {
	Symbol   Symbol   `json:"symbol"`
	Group    Group    `json:"group"`
	Weight   float64  `json:"weight"`
	Evidence Evidence `json:"evidence,omitzero"`
}

// Evidence is a finding's data. Only the fields that the symbol's sentence
// needs are set; Signals says which.
type Evidence struct {
	// Brand is the id of the brand claimed or imitated.
	Brand string `json:"brand,omitempty"`
	// BrandName is that brand's name as its rule file writes it first, or the
	// name of an organisation the rules do not know.
	BrandName string `json:"brandName,omitempty"`
	// BrandNameJa is its name for Japanese readers, where that differs.
	BrandNameJa string `json:"brandNameJa,omitempty"`
	// Host is the host a link or an address leads to, in ASCII.
	Host string `json:"host,omitempty"`
	// Domain is the registrable domain of Host, in ASCII.
	Domain string `json:"domain,omitempty"`
	// Target is the genuine domain that is imitated.
	Target string `json:"target,omitempty"`
	// Shown is what the reader sees: the link's text, the display name.
	Shown string `json:"shown,omitempty"`
	// Address is a mail address.
	Address string `json:"address,omitempty"`
	// Phrase is the wording found, as the rules hold it.
	Phrase string `json:"phrase,omitempty"`
	// Link is the link's index in Verdict.Links, counted from 1; 0 means none.
	Link int `json:"link,omitempty"`
	// Button: the link calls for the click, as a button, a picture or a form.
	Button bool `json:"button,omitempty"`
	// Count is how many times the same thing was seen, where that matters.
	Count int `json:"count,omitempty"`
}

// A LinkVerdict says where one link of the message really goes.
type LinkVerdict struct {
	// Href is the link as the message holds it.
	Href string `json:"href"`
	// Text is the link's visible text, white space folded, cut at 200 bytes.
	Text string `json:"text,omitempty"`
	// Host and RegistrableDomain are those of the leaf, every known wrapper
	// peeled; both in ASCII, empty where the link leads to no host.
	Host              string `json:"host"`
	RegistrableDomain string `json:"registrableDomain"`
	// Unicode is Host as a reader would see it, where that differs.
	Unicode string `json:"unicode,omitempty"`
	Level   Level  `json:"level"`
	// Brand is the brand the host belongs to or, at caution and danger, imitates.
	Brand   string   `json:"brand,omitempty"`
	Symbols []Symbol `json:"symbols,omitempty"`
	// LeadsOn: Host is not the end of the way. It is a shortener, a click counter
	// or a gateway that forwards to a place which the link does not tell.
	LeadsOn LeadsOn `json:"leadsOn,omitempty"`
}

// LeadsOn says what kind of host forwards to an unknown place.
type LeadsOn string

const (
	LeadsOnShortener  LeadsOn = "shortener"  // made to hide a long address
	LeadsOnMailer     LeadsOn = "mailer"     // counts the clicks of a mailing
	LeadsOnGateway    LeadsOn = "gateway"    // checks the link when it is opened
	LeadsOnRedirector LeadsOn = "redirector" // forwards anywhere
)

// Advice is one thing to do next. Its sentence lives in the message catalogue.
type Advice struct {
	Symbol Symbol `json:"symbol"`
	Brand  string `json:"brand,omitempty"`
	// Name and URL are the brand's own place to check or to report to.
	Name string `json:"name,omitempty"`
	// NameJa is Name for Japanese readers, where that differs.
	NameJa string `json:"nameJa,omitempty"`
	URL    string `json:"url,omitempty"`
}
