package rules

// A Set is a compiled rule set: what the detector runs on. It is read-only
// once built; a Detector may be shared between goroutines because of that.
//
// Every domain in a Set is in canonical form: lower case, ASCII (punycode), no
// trailing dot. Domains match on label boundaries: "amazon.co.jp" matches
// itself and "www.amazon.co.jp", never "notamazon.co.jp".
type Set struct {
	// Version grows with every publication: seconds since 1970, UTC.
	Version uint64 `json:"-"`
	// Created and Expires are seconds since 1970, UTC; Expires is 0 for the
	// embedded default, which is the last resort and so never expires.
	Created int64 `json:"-"`
	Expires int64 `json:"-"`

	Brands   []Brand   `json:"-"` // section "brands"
	Phrases  []Phrase  `json:"-"` // section "phrases"
	Phones   []Phone   `json:"-"` // section "phones"
	Links    Links     `json:"-"` // section "links"
	Webmails []Webmail `json:"-"` // section "webmails"
	Scoring  Scoring   `json:"-"` // section "scoring"

	// Blocked are the places known as attacks, the oldest first. The built-in
	// set has none: they age too fast.
	Blocked []BlockPeriod `json:"-"`
}

// A Brand is one organisation that mails are sent in the name of.
type Brand struct {
	// ID is the source file's name without its suffix: [a-z0-9-]+.
	ID string `json:"id"`
	// Names are full names; the first is the one shown to people. Any of them
	// in a From name, or as the subject of a mail's claim, is a claim.
	Names []string `json:"names"`
	// Shown is the name shown to people, where it cannot stand in Names for
	// being a common word (Apple, Visa); see [Brand.Name].
	Shown string `json:"shown,omitempty"`
	// NameJa is the name shown to Japanese readers where it differs.
	NameJa string `json:"nameJa,omitempty"`
	// Words are names that are also common words or short (au, LINE, ANA,
	// Apple, Visa): they claim only beside one of Context, or alone as the
	// whole display name.
	Words []string `json:"words,omitempty"`
	// Context are the words that turn a Word into a claim (アカウント, card …).
	Context []string `json:"context,omitempty"`
	// Domains are the brand's own registrable domains or hosts.
	Domains []Domain `json:"domains"`
	// Senders are third parties' domains this brand really mails or links
	// through: genuine for this brand only.
	Senders []Domain `json:"senders,omitempty"`
	// Keywords are the labels by which hosts imitate the brand (amazon, smbc,
	// 楽天), as a browser shows them.
	Keywords []string `json:"keywords,omitempty"`
	// MayResemble are domains of others that look like this brand's and are
	// honest. Scoped: honest only as regards this brand.
	MayResemble []string `json:"mayResemble,omitempty"`
	Phones      []string `json:"phones,omitempty"` // digits only
	// Region is an ISO 3166 code in lower case, or "world".
	Region   string `json:"region"`
	Category string `json:"category"` // see Categories
	// Check is where a person sees for themselves whether a notice is real.
	Check *Place `json:"check,omitempty"`
	// Report is where the brand takes reports: an https or mailto URL.
	Report *Place `json:"report,omitempty"`
	// TakesReportsFor are regions for whose brands this one takes reports, where
	// they have no place of their own: a country's council against phishing.
	TakesReportsFor []string `json:"takesReportsFor,omitempty"`
	Policy          Policy   `json:"policy,omitzero"`
}

// Name is the brand's name as it is shown to people.
func (b *Brand) Name() string {
	switch {
	case b.Shown != "":
		return b.Shown
	case len(b.Names) > 0:
		return b.Names[0]
	}
	return b.ID
}

// A Domain is an official domain with what says so.
type Domain struct {
	Domain string `json:"domain"`
	// Source is where it is confirmed; not shipped, the source files keep it.
	Source string `json:"-"`
}

// A Place is an address a person is sent to.
type Place struct {
	URL    string `json:"url"`
	Name   string `json:"name,omitempty"`
	NameJa string `json:"nameJa,omitempty"`
}

// A Policy is what a brand says of its own mail.
type Policy struct {
	// NeverLoginLink: never puts a link to sign in into a mail.
	NeverLoginLink bool `json:"neverLoginLink,omitempty"`
	// PlainURL: an action mail ends with a plain-text URL that starts so
	// (https://www.amazon.co.jp/).
	PlainURL string `json:"plainURL,omitempty"`
	// SendsFrom: if not empty, the only hosts or addresses the brand mails from.
	SendsFrom []string `json:"sendsFrom,omitempty"`
	// RealName: addresses customers by their registered name.
	RealName bool `json:"realName,omitempty"`
	// StrangersWords: the brand's genuine mails pass on words that anybody may
	// write, as the note of an invoice or the name of a shared file does.
	StrangersWords bool `json:"strangersWords,omitempty"`
	// NeverSent are phrases of notices the brand does not send.
	NeverSent []string `json:"neverSent,omitempty"`
}

// A PhraseKind says what a phrase is evidence of.
type PhraseKind string

const (
	Deadline   PhraseKind = "deadline"   // 24時間以内, within 24 hours
	Threat     PhraseKind = "threat"     // アカウント停止, will be suspended
	Credential PhraseKind = "credential" // パスワードを更新, verify your account
	Payment    PhraseKind = "payment"    // お支払い方法, update your payment
	Reward     PhraseKind = "reward"     // ポイント付与, you have won
	Action     PhraseKind = "action"     // 要対応, click below
	Salutation PhraseKind = "salutation" // 会員様, Dear customer
	Button     PhraseKind = "button"     // the text of a link that asks for the click
	Topic      PhraseKind = "topic"      // the mail talks *about* fraud or news: speaks against a claim
	MailSystem PhraseKind = "mailbox"    // storage is full, pending messages: the reader's own mail system speaks
	Company    PhraseKind = "company"    // 株式会社, Bank, GmbH: marks an organisation's name
	Document   PhraseKind = "document"   // an invoice, a fax, a shared file is said to wait behind a link
	Callback   PhraseKind = "callback"   // asks to telephone: to cancel, to dispute a charge
	ScanCode   PhraseKind = "scan"       // asks to read a picture's code with the telephone
)

// A Phrase is one wording, as the source file writes it; matching normalises it
// as detector/internal/text does.
type Phrase struct {
	Kind PhraseKind `json:"kind"`
	Lang string     `json:"lang"` // BCP 47 primary tag
	Text string     `json:"text"`
}

// A Phone is a telephone number known to be abused in mails.
type Phone struct {
	Digits string   `json:"digits"`           // digits only, national form
	Brands []string `json:"brands,omitempty"` // in mails in the name of these
}

// Links is what the link reader needs to know.
type Links struct {
	Wrappers []Wrapper `json:"wrappers"`
	// Shorteners are domains whose links lead to an unknown place.
	Shorteners []string `json:"shorteners"`
	// Hosting are suffixes under which anybody is a tenant, beside the private
	// section of the Public Suffix List.
	Hosting []string `json:"hosting"`
	// Mailers are click trackers and mailing services: their hosts are nobody's
	// claim and no foreign place by themselves.
	Mailers []string `json:"mailers"`
	// CheapSuffixes are public suffixes that throwaway hosts are bought under.
	CheapSuffixes []string `json:"cheapSuffixes"`
	// Freemail are domains where anybody has a mailbox: being mailed from one is
	// no organisation's word. They match as a whole.
	Freemail []string `json:"freemail"`
}

// A WrapperKind says whose redirection it is.
type WrapperKind string

const (
	Gateway    WrapperKind = "gateway"    // a mail gateway rewrote the link (SafeLinks …)
	Redirector WrapperKind = "redirector" // a known host that forwards to any URL (google.com/url)
	Proxy      WrapperKind = "proxy"      // serves the other site under its own host (translate.goog)
)

// A Wrapper is a host whose links hold the real destination inside.
type Wrapper struct {
	Name string      `json:"name"`
	Kind WrapperKind `json:"kind"`
	// Host matches on label boundaries; Path is a prefix of the URL's path.
	Host string `json:"host"`
	Path string `json:"path,omitempty"`
	// Method is how the destination is read: "query" (Params, in order),
	// "path" (what follows Path), "fragment", or a named decoder:
	// "proofpoint-v1", "proofpoint-v2", "proofpoint-v3", "translate-goog",
	// "amp-cache", "base64-query", "sophos".
	Method string   `json:"method"`
	Params []string `json:"params,omitempty"`
}

// A Webmail is an adapter: which elements of a page are what. Every selector
// list holds alternatives, tried in order. No code, no regular expressions.
type Webmail struct {
	ID    string   `json:"id"`
	Hosts []string `json:"hosts,omitempty"` // match on label boundaries; none: self-hosted
	// Detect must match in the document for a self-hosted webmail.
	Detect []string `json:"detect,omitempty"`
	// Message is the element of one open message; Skip excludes some
	// (collapsed, draft) when it or an ancestor-or-self matches.
	Message []string `json:"message"`
	Skip    []string `json:"skip,omitempty"`
	// The rest is looked up inside Message, outside and before Body; where
	// Scope is set, Sender and Subject are looked up in the closest ancestor
	// of Message that matches it.
	Scope   []string `json:"scope,omitempty"`
	Sender  []string `json:"sender"`
	Subject []string `json:"subject"`
	Body    []string `json:"body"`
	// SubjectSkip are elements in Subject's that are the webmail's own words.
	SubjectSkip []string `json:"subjectSkip,omitempty"`
	// SenderAddress and SenderName name the attributes that hold them, in
	// order; "text" means the element's text ("Name <addr>" is split).
	SenderAddress []string `json:"senderAddress,omitempty"`
	SenderName    []string `json:"senderName,omitempty"`
	ReplyTo       []string `json:"replyTo,omitempty"`
	Attachment    []string `json:"attachment,omitempty"`
	Mailbox       []string `json:"mailbox,omitempty"` // the reader's own address
	MailedBy      []string `json:"mailedBy,omitempty"`
	// Detail is a row of the details that the page shows about a message, with
	// its label and its value in cells of their own. A row is known by its
	// label: one of the words the webmail has for it, in any language.
	Detail        []string `json:"detail,omitempty"`
	DetailLabel   []string `json:"detailLabel,omitempty"`
	DetailValue   []string `json:"detailValue,omitempty"`
	MailedByLabel []string `json:"mailedByLabel,omitempty"`
	SignedByLabel []string `json:"signedByLabel,omitempty"`
	// AuthResults hold results in the words of RFC 8601 ("dmarc=pass") in their
	// title or text. Unverified matches where the webmail says that it could not
	// verify the sender; with UnverifiedText, only where that is its whole text.
	AuthResults    []string `json:"authResults,omitempty"`
	Unverified     []string `json:"unverified,omitempty"`
	UnverifiedText []string `json:"unverifiedText,omitempty"`
	Clipped        []string `json:"clipped,omitempty"`
	// ID attributes on Message or an ancestor, in order.
	MessageID []string `json:"messageId,omitempty"`
	// Frame is the same-origin iframe inside Message that holds Body.
	Frame []string `json:"frame,omitempty"`
	// FrameHosts are the hosts from which that frame may come instead, where it
	// is of another origin: the content script there then reads Body.
	FrameHosts []string `json:"frameHosts,omitempty"`
	// Anchor is the element the banner goes into ("before", "prepend" by
	// AnchorPlace); none: before the body.
	Anchor      []string `json:"anchor,omitempty"`
	AnchorPlace string   `json:"anchorPlace,omitempty"`
	// HrefAttributes hold the original link where the page rewrote href.
	HrefAttributes []string `json:"hrefAttributes,omitempty"`
	// SpamURL, SentURL and DraftsURL are parts of the page's URL; one that ends
	// in a letter or digit is followed by neither.
	SpamURL   []string `json:"spamURL,omitempty"`
	SentURL   []string `json:"sentURL,omitempty"`
	DraftsURL []string `json:"draftsURL,omitempty"`
	// SpamIf, SentIf and DraftsIf say it where the URL does not: they match an
	// element of the page, the selected folder.
	SpamIf   []string `json:"spamIf,omitempty"`
	SentIf   []string `json:"sentIf,omitempty"`
	DraftsIf []string `json:"draftsIf,omitempty"`
}

// Scoring turns evidence into a level.
type Scoring struct {
	// Weights holds one weight per signal's symbol; a signal without one is
	// reported with weight 0.
	Weights map[string]float64 `json:"weights"`
	// Caution and Danger are the lowest scores of those levels.
	Caution float64 `json:"caution"`
	Danger  float64 `json:"danger"`
	// Off lists symbols and webmail ids that are switched off.
	Off []string `json:"off,omitempty"`
}

// Categories are the allowed values of Brand.Category.
var Categories = []string{"bank", "card", "securities", "crypto", "shop", "delivery", "carrier", "travel", "utility", "government", "service", "software", "social", "game", "payment", "insurance"}
