package detector

// An Address is one mailbox of a header, as the webmail or the .eml shows it.
type Address struct {
	// Name is the display name, decoded; it is what most people read and
	// anybody can write.
	Name string `json:"name,omitempty"`
	// Address is the addr-spec (local@domain). It may be empty: Outlook shows
	// senders of the own organisation by name only.
	Address string `json:"address,omitempty"`
}

// A Folder says where the message lies, as far as it changes the judgement.
type Folder string

const (
	FolderInbox  Folder = "inbox"
	FolderSpam   Folder = "spam"
	FolderSent   Folder = "sent"
	FolderDrafts Folder = "drafts"
)

// Authentication is what the receiving server found, where the webmail or an
// Authentication-Results header shows it. An empty field means "not shown",
// which is neutral: no field is ever taken as proof of honesty.
type Authentication struct {
	// MailedBy is the envelope sender's domain (Gmail's "mailed-by").
	MailedBy string `json:"mailedBy,omitempty"`
	// SignedBy is the DKIM signer's domain (Gmail's "signed-by").
	SignedBy string `json:"signedBy,omitempty"`
	// SPF, DKIM and DMARC hold the results of RFC 8601 ("pass", "fail",
	// "softfail", "none", …), lower case.
	SPF   string `json:"spf,omitempty"`
	DKIM  string `json:"dkim,omitempty"`
	DMARC string `json:"dmarc,omitempty"`
}

// A Message is one mail as the reader has it before them. The zero value of
// every field means "not known".
type Message struct {
	// Webmail is the id of the adapter that read the page, or empty for a file.
	Webmail string `json:"webmail,omitempty"`
	// Mailbox is the reader's own address, where the page shows it.
	Mailbox string   `json:"mailbox,omitempty"`
	From    Address  `json:"from"`
	ReplyTo *Address `json:"replyTo,omitempty"`
	Subject string   `json:"subject,omitempty"`
	// HTML is the body as the page or the text/html part holds it; Text is the
	// text/plain part. Either may be empty. Both are hostile input.
	HTML string         `json:"html,omitempty"`
	Text string         `json:"text,omitempty"`
	Auth Authentication `json:"auth,omitzero"`
	// Attachments holds the file names of the attachments.
	Attachments []string `json:"attachments,omitempty"`
	Folder      Folder   `json:"folder,omitempty"`
	// List reports a List-Id or List-Unsubscribe header: bulk mail says so.
	List bool `json:"list,omitempty"`
	// Partial reports that the page showed only a part of the message (a
	// clipped mail): the verdict then says that not all of it was read.
	Partial bool `json:"partial,omitempty"`
}
