package bundle

// The times of a manifest are written as RFC 3339 wants, in UTC and in whole
// seconds: 2026-11-22T21:52:00Z. Package time would do it too, with a hundred
// kilobytes of layouts and zones that every browser would load.

// stamp writes a time, seconds since 1970, of a year of four digits.
func stamp(unix int64) string {
	days, second := unix/86400, unix%86400
	if second < 0 {
		days, second = days-1, second+86400
	}
	year, month, day := civil(days)
	b := []byte("0000-00-00T00:00:00Z")
	put := func(at, digits int, v int64) {
		for i := digits - 1; i >= 0; i-- {
			b[at+i] = byte('0' + v%10)
			v /= 10
		}
	}
	put(0, 4, year)
	put(5, 2, month)
	put(8, 2, day)
	put(11, 2, second/3600)
	put(14, 2, second/60%60)
	put(17, 2, second%60)
	return string(b)
}

// unstamp reads a time that stamp writes, and nothing else: there is one text for
// each second.
func unstamp(s string) (int64, error) {
	const digits = "0000-00-00T00:00:00Z"
	if len(s) != len(digits) {
		return 0, errMalformed
	}
	for i := range len(s) {
		if digits[i] == '0' && (s[i] < '0' || s[i] > '9') {
			return 0, errMalformed
		}
	}
	get := func(at, digits int) (v int64) {
		for _, c := range []byte(s[at : at+digits]) {
			v = 10*v + int64(c) - '0'
		}
		return v
	}
	unix := daysSince(get(0, 4), get(5, 2), get(8, 2))*86400 + get(11, 2)*3600 + get(14, 2)*60 + get(17, 2)
	if stamp(unix) != s {
		return 0, errMalformed
	}
	return unix, nil
}

// civil and daysSince turn days since 1970 into a date of the Gregorian calendar
// and back. A year begins in March, so that the leap day is its last.
// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
func civil(days int64) (year, month, day int64) {
	days += 719468
	era := floor(days, 146097)
	dayOfEra := days - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	month = (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*month+2)/5 + 1
	year = yearOfEra + era*400
	if month < 10 {
		return year, month + 3, day
	}
	return year + 1, month - 9, day
}

func daysSince(year, month, day int64) int64 {
	if month <= 2 {
		year, month = year-1, month+12
	}
	era := floor(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	return era*146097 + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - 719468
}

func floor(a, b int64) int64 {
	if a < 0 {
		a -= b - 1
	}
	return a / b
}
