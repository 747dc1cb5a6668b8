package telegram

// look is how a message looks, beside its words.
type look struct {
	as     writing
	placed bool // as a reply, and in its topic
	keys   bool // with buttons
}

// attempt tries again with less as long as Telegram refuses the looks of a
// message, which must never keep its words from being said.
func (s speech) attempt(do func(look) error) error {
	l := look{as: timed, placed: true, keys: true}
	if _, off := s.off.get("times"); off || len(s.line.Moments) == 0 {
		l.as = tagged
	}
	for {
		err := do(l)
		if !looks(err) {
			return err
		}
		less := l.less(err)
		if less == l {
			return err
		}
		if l.as == timed && less.as == tagged {
			s.off.put("times", true) // this server is older than they are
		}
		l = less
	}
}

// less takes away what a refusal complains about; if that is not known, first
// markup and place, then the buttons.
func (l look) less(err error) look {
	parse := is(err, 400, "can't parse entities", "unsupported start tag")
	switch {
	case parse && l.as == timed:
		l.as = tagged
	case parse && l.as == tagged:
		l.as = bare
	case l.placed && is(err, 400, "message thread not found", "topic_closed", "topic_deleted", "message to be replied not found", "reply message not found"):
		l.placed = false
	case l.keys && is(err, 400, "button_data_invalid", "reply_markup"):
		l.keys = false
	case l.as != bare || l.placed:
		l.as, l.placed = bare, false
	default:
		l.keys = false
	}
	return l
}

// looks reports whether a message may have been refused for how it looks.
func looks(err error) bool {
	return is(err, 400) && !is(err, 400, gone...) && !is(err, 400, "message is not modified", "message to edit not found", "message can't be edited",
		"there is no text in the message to edit", "message_id_invalid", "upgraded to a supergroup", "not enough rights", "have no rights",
		"chat_write_forbidden", "photo_invalid", "image_process_failed", "file is too big")
}
