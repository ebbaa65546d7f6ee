package detector

import (
	"slices"

	"github.com/honmono/honmono/detector/rules"
)

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
	PhoneByStranger      Symbol = "PHONE_BY_STRANGER"

	LookalikeHomograph Symbol = "LOOKALIKE_HOMOGRAPH"
	LookalikeTypo      Symbol = "LOOKALIKE_TYPO"
	LookalikeCombo     Symbol = "LOOKALIKE_COMBO"
	LookalikeEmbedded  Symbol = "LOOKALIKE_EMBEDDED"
	LookalikeSuffix    Symbol = "LOOKALIKE_SUFFIX"
	LookalikeTenant    Symbol = "LOOKALIKE_TENANT"

	LinkTextMismatch Symbol = "LINK_TEXT_MISMATCH"
	LinkUserinfo     Symbol = "LINK_USERINFO"
	LinkNumericHost  Symbol = "LINK_NUMERIC_HOST"
	LinkMachineHost  Symbol = "LINK_MACHINE_HOST"
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
	LinkDocument     Symbol = "LINK_DOCUMENT_ELSEWHERE"
	LinkMails        Symbol = "LINK_MAILS_ELSEWHERE"
	LinkKnownBad     Symbol = "LINK_KNOWN_BAD"

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
	PhoneCallback  Symbol = "PHONE_CALLBACK"
	ScanRequest    Symbol = "CODE_TO_SCAN"

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

// A Signal describes one symbol.
type Signal struct {
	Symbol Symbol
	Group  Group
	// Fires says what makes the signal speak.
	Fires string
}

// Signals lists every signal once, by group.
var Signals = []Signal{
	{BrandForeignLink, GroupClaim, "the mail claims a brand and a link leads to a place that is not the brand's"},
	{BrandForeignSender, GroupClaim, "the mail claims a brand and comes from an address that is not the brand's"},
	{BrandSpoofedSender, GroupClaim, "the From address is the brand's, but the link to follow is not"},
	{UnknownOrgForeign, GroupClaim, "the mail claims an organisation the rules do not know and leads elsewhere"},
	{OwnDomainForeign, GroupClaim, "the mail speaks as the reader's own organisation and leads elsewhere"},
	{MailSystemForeign, GroupClaim, "the mail speaks as the reader's mail system and leads elsewhere"},
	{AuthenticationFailed, GroupClaim, "the receiving server found that the From domain did not send it"},
	{PhoneByStranger, GroupClaim, "a genuine notice that passes on a stranger's words, and they ask to call a number that is not known as the brand's"},
	{LookalikeHomograph, GroupLookalike, "a host is written with letters that look like a protected domain's"},
	{LookalikeTypo, GroupLookalike, "a host is one slip away from a protected domain"},
	{LookalikeCombo, GroupLookalike, "a host holds a brand's name beside other words"},
	{LookalikeEmbedded, GroupLookalike, "a host holds a protected domain in front of its own"},
	{LookalikeSuffix, GroupLookalike, "a host is a protected domain under another suffix"},
	{LookalikeTenant, GroupLookalike, "a tenant of a hosting service has a brand's name"},
	{LinkTextMismatch, GroupLink, "a link's text is a URL of another registrable domain"},
	{LinkUserinfo, GroupLink, "a link has a user name in front of the host"},
	{LinkNumericHost, GroupLink, "a link's host is a number"},
	{LinkMachineHost, GroupLink, "a link's host is the name that a rented server has by default, its number in words"},
	{LinkIDNHost, GroupLink, "a link's host is written in other letters than a browser would show"},
	{LinkInvisible, GroupLink, "a link's host was written with invisible characters or false slashes"},
	{LinkShortener, GroupLink, "a link goes through a shortener to an unknown place"},
	{LinkRedirector, GroupLink, "a link goes through another site's redirect"},
	{LinkScript, GroupLink, "a link runs a script or holds its own content"},
	{LinkUnreadable, GroupLink, "a web link that no browser could follow"},
	{LinkHosting, GroupLink, "a link leads to a host where anybody can publish"},
	{LinkRandomHost, GroupLink, "a link's domain is a random string"},
	{LinkCheapSuffix, GroupLink, "a link's domain is under a suffix that throwaway domains use"},
	{LinkAddress, GroupLink, "a link carries the reader's address to a foreign host"},
	{LinkDocument, GroupLink, "a document is said to wait, and the link to it leads to a place that anybody can have"},
	{LinkMails, GroupLink, "the mail claims a brand, and a button writes a mail to an address that is not the brand's"},
	{LinkKnownBad, GroupLink, "a link leads to a place that is known as an attack"},
	{FromNameAddress, GroupSender, "the display name holds another address or domain than the sender's"},
	{FromNameObfuscated, GroupSender, "the display name or subject hides invisible or lookalike letters"},
	{ReplyToElsewhere, GroupSender, "answers go to another domain than the sender's"},
	{FromRandom, GroupSender, "the sender's domain is a random string"},
	{TextDeadline, GroupText, "a short deadline"},
	{TextThreat, GroupText, "a threat: closing, locking, legal steps"},
	{TextCredential, GroupText, "asks to sign in or to confirm an account"},
	{TextPayment, GroupText, "asks for payment or card details"},
	{TextReward, GroupText, "promises money, points or a prize"},
	{TextAction, GroupText, "calls for action now"},
	{TextSalutation, GroupText, "addresses nobody by name"},
	{TextHidden, GroupText, "long text that is in the mail and not on the screen"},
	{TextObfuscated, GroupText, "words with invisible or foreign letters in them"},
	{SubjectNumber, GroupText, "a long number at the end of the subject"},
	{PhoneAbused, GroupText, "a telephone number known from false mails in this brand's name"},
	{PhoneForeign, GroupText, "a telephone number that belongs to another company than the one claimed"},
	{PhoneCallback, GroupText, "the mail claims a brand and a charge, and asks to call a number that is not known as the brand's"},
	{ScanRequest, GroupText, "the mail claims a brand or the mail system, comes from elsewhere, and asks to scan a code"},
	{PolicyNoPlainURL, GroupPolicy, "the brand's mails that ask for action show its address as plain text; this one does not"},
	{PolicyLoginLink, GroupPolicy, "the brand never puts a link to sign in into a mail"},
	{PolicyNotSent, GroupPolicy, "the brand does not send notices of this kind"},
	{FormInMail, GroupStructure, "a form in the mail asks for input"},
	{AttachmentRisky, GroupStructure, "an attachment that runs or opens a page"},
	{ImageOnly, GroupStructure, "the mail is one linked picture"},
	{SenderOfficial, GroupContext, "the sender and every link belong to the brand"},
	{ListMail, GroupContext, "a list or newsletter header"},
	{NotAllRead, GroupContext, "a part of the message could not be read"},
}

// weighedSignal is a signal under one set of rules.
type weighedSignal struct {
	group  Group
	weight float64
	off    bool // the rules switch it off
}

// weighSignals returns what the rules make of each signal.
func weighSignals(s *rules.Scoring) map[Symbol]weighedSignal {
	m := make(map[Symbol]weighedSignal, len(Signals))
	for i := range Signals {
		symbol := Signals[i].Symbol
		m[symbol] = weighedSignal{Signals[i].Group, s.Weights[string(symbol)], slices.Contains(s.Off, string(symbol))}
	}
	return m
}
