package detector

import (
	"fmt"
	"hash/fnv"
	"html"
	"os"
	"slices"
	"strings"
	"testing"
)

// A correspondent is a line of testdata/senders.txt: a company's genuine mail.
type correspondent struct {
	line                    int
	name, address, language string
	links                   []string // the button's first
}

// correspondents reads testdata/senders.txt.
func correspondents(t *testing.T) []correspondent {
	t.Helper()
	const file = "../testdata/senders.txt"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []correspondent
	seen := map[string]int{}
	for i, line := range strings.Split(string(raw), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, " | ")
		if len(fields) != 5 || slices.Contains(fields, "") {
			t.Fatalf("%s:%d: %d fields, want name | address | language | links | source, none empty", file, i+1, len(fields))
		}
		s := correspondent{i + 1, fields[0], fields[1], fields[2], strings.Fields(fields[3])}
		if _, ok := notices[s.language]; !ok {
			t.Fatalf("%s:%d: no notice in %q", file, s.line, s.language)
		}
		if before := seen[s.id()]; before != 0 {
			t.Fatalf("%s:%d: %s stands in line %d already", file, s.line, s.id(), before)
		}
		seen[s.id()] = s.line
		all = append(all, s)
	}
	if len(all) < 400 {
		t.Fatalf("%s has %d senders, want 400 or more", file, len(all))
	}
	return all
}

func (s correspondent) id() string { return s.name + " <" + s.address + ">" }

// A notice is what a mail says; %s is the sender's name. The harsh one says of a
// sign-in what false mails say too, the friendly one asks for nothing.
type notice struct{ subject, body, button, footer string }

// notices are the harsh and the friendly one of each language.
var notices = map[string][2]notice{
	"ja": {
		{"【重要】ご利用内容のお知らせ", "いつも%sをご利用いただきありがとうございます。\nお客様のアカウントに新しいログインがありました。ご本人様でない場合は、至急パスワードを変更してください。ご利用内容をご確認ください。", "ご利用内容を確認する", "このメールは%sをご利用の方にお送りしています。"},
		{"今月のお知らせ", "いつも%sをご利用いただきありがとうございます。\n今月の新しいサービスをまとめました。お時間のあるときにご覧ください。", "詳しく見る", "このメールは%sをご利用の方にお送りしています。"},
	},
	"en": {
		{"Important: activity on your account", "Thank you for using %s. We noticed a new sign-in to your account. If this was not you, please change your password immediately and review your payment method.", "Review your account", "You receive this mail as a customer of %s."},
		{"What is new this month", "Thank you for being with %s. Here is what we have been working on this month. Have a look whenever you like.", "Read more", "You receive this mail as a customer of %s."},
	},
	"de": {
		{"Wichtige Information zu Ihrem Konto", "Vielen Dank, dass Sie %s nutzen. Es gab eine neue Anmeldung bei Ihrem Konto. Bitte prüfen Sie Ihr Passwort und Ihre Zahlung umgehend.", "Konto prüfen", "Sie erhalten diese Nachricht als Kunde von %s."},
		{"Neues in diesem Monat", "Schön, dass Sie bei %s sind. Das haben wir in diesem Monat für Sie vorbereitet. Schauen Sie gerne vorbei.", "Mehr erfahren", "Sie erhalten diese Nachricht als Kunde von %s."},
	},
	"fr": {
		{"Information importante sur votre compte", "Merci d'utiliser %s. Une nouvelle connexion à votre compte a été détectée. Veuillez vérifier votre mot de passe et votre paiement.", "Vérifier mon compte", "Vous recevez ce message en tant que client de %s."},
		{"Les nouveautés du mois", "Merci de votre confiance. Voici ce que %s vous propose ce mois-ci. Prenez le temps de le découvrir.", "En savoir plus", "Vous recevez ce message en tant que client de %s."},
	},
	"it": {
		{"Informazione importante sul tuo conto", "Grazie per aver scelto %s. Abbiamo rilevato un nuovo accesso al tuo account. Verifica la tua password e il pagamento.", "Verifica account", "Ricevi questo messaggio come cliente di %s."},
		{"Le novità del mese", "Grazie per essere con %s. Ecco che cosa abbiamo preparato questo mese. Dai un'occhiata quando vuoi.", "Scopri di più", "Ricevi questo messaggio come cliente di %s."},
	},
	"es": {
		{"Información importante sobre su cuenta", "Gracias por usar %s. Detectamos un nuevo acceso a su cuenta. Verifique su contraseña y su pago.", "Verificar cuenta", "Recibe este mensaje como cliente de %s."},
		{"Las novedades del mes", "Gracias por estar con %s. Esto es lo que hemos preparado este mes. Échele un vistazo cuando quiera.", "Saber más", "Recibe este mensaje como cliente de %s."},
	},
	"pt": {
		{"Informação importante sobre sua conta", "Obrigado por usar %s. Detectamos um novo acesso à sua conta. Verifique sua senha e seu pagamento.", "Verificar conta", "Você recebe esta mensagem como cliente de %s."},
		{"As novidades do mês", "Obrigado por estar com %s. Veja o que preparamos neste mês. Dê uma olhada quando quiser.", "Saiba mais", "Você recebe esta mensagem como cliente de %s."},
	},
	"nl": {
		{"Belangrijke informatie over uw account", "Bedankt dat u %s gebruikt. Er is opnieuw ingelogd op uw account. Controleer direct uw wachtwoord en uw betaling.", "Account controleren", "U ontvangt dit bericht als klant van %s."},
		{"Nieuws van deze maand", "Fijn dat u bij %s bent. Dit hebben we deze maand voor u gemaakt. Kijk gerust eens rond.", "Lees meer", "U ontvangt dit bericht als klant van %s."},
	},
}

// message writes the mail of a sender: a button, and links behind it.
func (w notice) message(name, address, button string, links []string) Message {
	var b strings.Builder
	for _, line := range strings.Split(fmt.Sprintf(w.body, name), "\n") {
		b.WriteString("<p>" + html.EscapeString(line) + "</p>")
	}
	fmt.Fprintf(&b, `<p><a href="%s" style="background:#246;color:#fff;padding:12px 24px">%s</a></p><hr>`, html.EscapeString(button), w.button)
	for _, l := range links {
		fmt.Fprintf(&b, `<p><a href="%s">%s</a></p>`, html.EscapeString(l), html.EscapeString(name))
	}
	b.WriteString("<p><small>" + html.EscapeString(fmt.Sprintf(w.footer, name)) + "</small></p>")
	return Message{From: Address{name, address}, Subject: w.subject, HTML: b.String()}
}

// everywhere is where the foot of companies' mails leads besides: the pages they
// have at others' places.
var everywhere = []string{"https://www.facebook.com/mihon", "https://twitter.com/mihon", "https://www.instagram.com/mihon/", "https://www.youtube.com/@mihon", "https://apps.apple.com/app/id1234567890", "https://play.google.com/store/apps/details?id=com.example.mihon"}

// tones name the notices in the lists below.
var tones = [2]string{"harsh", "friendly"}

// TestGenuineSenders: no warning about the genuine mail of a company, however it
// is worded. A mail that gets one all the same stands here with the reason.
func TestGenuineSenders(t *testing.T) {
	deviations := map[string]string{
		"harsh iCloud <noreply@icloud.com>": "anybody has a mailbox at icloud.com, and Apple writes from there too",
	}
	d := newDetector(t)
	for _, s := range correspondents(t) {
		for i, w := range notices[s.language] {
			id := tones[i] + " " + s.id()
			v := d.Check(w.message(s.name, s.address, s.links[0], slices.Concat(s.links[1:], everywhere)))
			why, deviates := deviations[id]
			delete(deviations, id)
			switch {
			case v.Level == Danger, v.Level == Unknown, v.Level == Caution && !deviates:
				t.Errorf("line %d: %s: %s with %.1f: %s", s.line, id, v.Level, v.Score, symbols(v))
			case v.Level == OK && deviates:
				t.Errorf("line %d: %s: ok now, and no longer a deviation (%s)", s.line, id, why)
			}
		}
	}
	for id := range deviations {
		t.Errorf("%s is a deviation, and no sender", id)
	}
}

// TestFalseSenders is the other side: the same name and words from a throwaway
// address, with a button to a place that is nobody's and the genuine links behind
// it, get a warning. Where the words are harsh it is the loud one.
func TestFalseSenders(t *testing.T) {
	const givenName, familyName, letter = "a given name of people", "a family name of people", "a single letter"
	deviations := map[string]string{
		"harsh Sky <sky@service.sky.com>":          givenName,
		"friendly Sky <sky@service.sky.com>":       givenName,
		"harsh Rogers <noreply@rci.rogers.com>":    familyName,
		"friendly Rogers <noreply@rci.rogers.com>": familyName,
		"harsh X <info@x.com>":                     letter,
		"friendly X <info@x.com>":                  letter,
	}
	d := newDetector(t)
	for _, s := range correspondents(t) {
		for i, w := range notices[s.language] {
			id := tones[i] + " " + s.id()
			want := [2]Level{Danger, Caution}[i]
			m := w.message(s.name, "info@"+thrownAway(s.id(), "from", "top", "xyz", "cyou", "icu", "sbs"), "https://"+thrownAway(s.id(), "to", "com", "net", "cn", "shop", "org")+"/a/", slices.Concat(s.links, everywhere))
			v := d.Check(m)
			got := v.Level == Danger || v.Level == want
			why, deviates := deviations[id]
			delete(deviations, id)
			switch {
			case !got && !deviates:
				t.Errorf("line %d: %s: %s with %.1f, want %s: %s", s.line, id, v.Level, v.Score, want, symbols(v))
			case got && deviates:
				t.Errorf("line %d: %s: %s now, and no longer a deviation (%s)", s.line, id, v.Level, why)
			}
		}
	}
	for id := range deviations {
		t.Errorf("%s is a deviation, and no sender", id)
	}
}

// TestPlainSpelling: who cannot type a letter, or does not bother, still says the
// same name.
func TestPlainSpelling(t *testing.T) {
	d := newDetector(t)
	for name, brand := range map[string]string{
		"Itau": "itau", "Credit Agricole": "creditagricole", "Credit Mutuel": "creditmutuel", "Caixa Geral de Depositos": "cgd",
		"Pole emploi": "francetravail", "Portal das Financas": "financas-pt", "Seguranca Social": "seg-social-pt",
		"Osterreichische Post": "at-post", "Correos Espana": "correos", "Ceska posta": "ceskaposta", "Zurcher Kantonalbank": "zkb",
	} {
		v := d.Check(notices["en"][0].message(name, "info@"+thrownAway(name, "from", "top"), "https://"+thrownAway(name, "to", "com")+"/a/", nil))
		if v.Brand != brand || v.Level != Danger {
			t.Errorf("%s: %s of %q with %.1f: %s", name, v.Level, v.Brand, v.Score, symbols(v))
		}
	}
}

// thrownAway makes a host as they are bought by the thousand, the same one for the
// same seed.
func thrownAway(seed, salt string, suffixes ...string) string {
	h := fnv.New64a()
	h.Write([]byte(salt + "\x00" + seed))
	n := h.Sum64()
	const letters = "bcdfghjklmnpqrstvwxz"
	var b strings.Builder
	for range 7 {
		b.WriteByte(letters[n%uint64(len(letters))])
		n /= uint64(len(letters))
	}
	return b.String() + "." + suffixes[n%uint64(len(suffixes))]
}

func symbols(v Verdict) string {
	var all []string
	for _, f := range v.Findings {
		all = append(all, fmt.Sprintf("%s %+.1f", f.Symbol, f.Weight))
	}
	return strings.Join(all, ", ")
}
