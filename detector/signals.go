package detector

// A Symbol names a signal or an advice. Symbols are stable: never renamed,
// never reused for something else.
type Symbol string

// A Group gathers the symbols that speak about the same thing.
type Group string

const (
	GroupClaim     Group = "claim"     // who the mail says it is, against what belongs to them
	GroupLookalike Group = "lookalike" // a host that imitates another
	GroupLink      Group = "link"      // how a link is built
	GroupSender    Group = "sender"    // the From and Reply-To headers
	GroupText      Group = "text"      // wording
	GroupPolicy    Group = "policy"    // what the claimed brand says it never does
	GroupStructure Group = "structure" // forms, attachments, images
	GroupContext   Group = "context"   // what speaks for an ordinary mail, and what could not be read
)

// The signals. The comment names what fires each; Signals holds the same in data.
const (
	BrandForeignLink     Symbol = "BRAND_FOREIGN_LINK"
	BrandForeignSender   Symbol = "BRAND_FOREIGN_SENDER"
	BrandSpoofedSender   Symbol = "BRAND_SPOOFED_SENDER"
	UnknownOrgForeign    Symbol = "ORGANISATION_FOREIGN_LINK"
	OwnDomainForeign     Symbol = "OWN_DOMAIN_FOREIGN_LINK"
	MailSystemForeign    Symbol = "MAIL_SYSTEM_FOREIGN_LINK"
	AuthenticationFailed Symbol = "AUTHENTICATION_FAILED"

	LookalikeHomograph Symbol = "LOOKALIKE_HOMOGRAPH"
	LookalikeTypo      Symbol = "LOOKALIKE_TYPO"
	LookalikeCombo     Symbol = "LOOKALIKE_COMBO"
	LookalikeEmbedded  Symbol = "LOOKALIKE_EMBEDDED"
	LookalikeSuffix    Symbol = "LOOKALIKE_SUFFIX"
	LookalikeTenant    Symbol = "LOOKALIKE_TENANT"

	LinkTextMismatch Symbol = "LINK_TEXT_MISMATCH"
	LinkUserinfo     Symbol = "LINK_USERINFO"
	LinkNumericHost  Symbol = "LINK_NUMERIC_HOST"
	LinkIDNHost      Symbol = "LINK_IDN_HOST"
	LinkInvisible    Symbol = "LINK_INVISIBLE_CHARACTERS"
	LinkShortener    Symbol = "LINK_SHORTENER"
	LinkRedirector   Symbol = "LINK_OPEN_REDIRECT"
	LinkScript       Symbol = "LINK_SCRIPT_URL"
	LinkUnreadable   Symbol = "LINK_UNREADABLE"
	LinkHosting      Symbol = "LINK_SHARED_HOSTING"
	LinkRandomHost   Symbol = "LINK_RANDOM_HOST"
	LinkCheapSuffix  Symbol = "LINK_CHEAP_SUFFIX"
	LinkAddress      Symbol = "LINK_CARRIES_ADDRESS"

	FromNameAddress    Symbol = "FROM_NAME_HOLDS_ADDRESS"
	FromNameObfuscated Symbol = "FROM_NAME_OBFUSCATED"
	ReplyToElsewhere   Symbol = "REPLY_TO_ELSEWHERE"
	FromRandom         Symbol = "FROM_RANDOM_DOMAIN"

	TextDeadline   Symbol = "TEXT_DEADLINE"
	TextThreat     Symbol = "TEXT_THREAT"
	TextCredential Symbol = "TEXT_CREDENTIAL"
	TextPayment    Symbol = "TEXT_PAYMENT"
	TextReward     Symbol = "TEXT_REWARD"
	TextAction     Symbol = "TEXT_ACTION"
	TextSalutation Symbol = "TEXT_GENERIC_SALUTATION"
	TextHidden     Symbol = "TEXT_HIDDEN"
	TextObfuscated Symbol = "TEXT_OBFUSCATED"
	SubjectNumber  Symbol = "SUBJECT_LONG_NUMBER"
	PhoneAbused    Symbol = "PHONE_ABUSED"
	PhoneForeign   Symbol = "PHONE_FOREIGN"

	PolicyNoPlainURL Symbol = "POLICY_NO_PLAIN_URL"
	PolicyLoginLink  Symbol = "POLICY_NEVER_LOGIN_LINK"
	PolicyNotSent    Symbol = "POLICY_NEVER_SENT"

	FormInMail      Symbol = "FORM_IN_MAIL"
	AttachmentRisky Symbol = "ATTACHMENT_RISKY"
	ImageOnly       Symbol = "IMAGE_ONLY"

	SenderOfficial Symbol = "SENDER_OFFICIAL"
	ListMail       Symbol = "LIST_MAIL"
	NotAllRead     Symbol = "NOT_ALL_READ"
)

// The advice symbols, in the order in which they are given.
const (
	AdviceDoNotClick    Symbol = "ADVICE_DO_NOT_CLICK"
	AdviceOfficialCheck Symbol = "ADVICE_OFFICIAL_CHECK"
	AdviceReport        Symbol = "ADVICE_REPORT"
	AdviceAlreadyDone   Symbol = "ADVICE_ALREADY_CLICKED"
)
