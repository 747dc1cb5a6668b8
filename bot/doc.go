// Package bot joins the coach, a store and the platforms: it hears, wakes and
// delivers. Two paths lead in, and one leads out:
//
//	message:  Platform.Listen → Bot.Hear ─┐
//	                                      ├→ Store.Update{ load → Coach.Step → runner', lines } ⟶ commit
//	due time: cron tick → Bot.Wake → Due ─┘                                               │ poke
//	                                                  Platform.Send ← deliver ← Claim ←───┘
//
// Nothing is said that was not committed first, and nothing committed stays
// unsaid unless it expires, its address is gone, or its platform refuses it for
// good; the coach is told of each as an event.
//
// The files, in the order in which to read them: platform.go is the contract
// of a platform; hear.go and wake.go are the two paths in; deliver.go and
// send.go the way out; bot.go runs them and pulse.go knows when they did not. cron.go reads the operator's cron
// expressions; count.go says what is counted.
//
// This package owns the clock: it is read once per event, per tick and per
// send, and handed down. A platform is one folder below that passes bottest.Check.
package bot
