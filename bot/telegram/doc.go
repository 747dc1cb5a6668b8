// Package telegram hears and speaks on Telegram.
//
// The pinned client library (telegram-bot-api v5) is used as what it does well:
// encoding calls. Everything around a call is here, because the library has no
// context, no limits on time or size, prints the token in its errors, and loses
// updates in its own poll loop. The files, in the order in which to read them:
//
//   - telegram.go: what it is made from; check.go: what an operator is told about it;
//   - client.go, fault.go: one call, and what became of it. No error holds the
//     token, an address with the token, or anything that a person wrote;
//   - poll.go, queue.go, webhook.go: how updates arrive. An update is acknowledged
//     only after what it says was committed; aside.go keeps those that can't be read;
//   - update.go, hear.go, group.go, place.go: what an update says, who said it and where;
//   - send.go, say.go, look.go, post.go: how a line is said; html.go, split.go,
//     keyboard.go: how it looks;
//   - pace.go: the limits of one chat; menu.go: commands and description;
//     recent.go: the little that is remembered.
//
// # What is promised
//
// Updates: each is heard at least once and carries a key by which the store
// counts it once. Sends: Telegram has no idempotency key, so a send whose answer
// was lost is [bot.ErrUnknown]; edits and reactions may be repeated, so theirs is not.
// Nothing is kept per chat but a few seconds of pace: no goroutine, no timer.
package telegram
