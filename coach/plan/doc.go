// Package plan is the training plan: what a runner's days hold, why, and what
// becomes of them when life gets in the way. It is pure; its numbers and words
// are data in coach/content/plan and are the plan's own, never the article's.
//
// [Load] gives the [Book]. A tour of it:
//
//   - [Book.Default] and [ParseWeek] give the shape of a week, Monday first;
//     [Book.Session] gives the [Card] of one session: what, why, how, how long.
//   - A runner's own plan is a [State], a small value that is kept with them, and
//     a [Past], what they did lately, which is derived from their log. From the
//     two, [Book.On] and [Book.Days] say what each date holds.
//   - [Book.Advance] turns the weeks: one step (PR-1), a repeat, a step back, a
//     deload, a return after days away.
//   - [Book.Move], [Book.Put] and [Book.Own] change it. Each says which spacing
//     rules the change would break ([Book.Check], SP-1 to SP-12), in plain words,
//     and whether the runner may do it anyway. [Book.Moves] lists moves that break none.
//   - [Book.Hurt], [Book.Morning], [Book.Leave], [Book.Heat] and [Book.Ill] are
//     pain, heat and illness; [Book.Answer] is the start check.
//
// The counts "in any 7 days" of SP-2, SP-3 and SP-7 are taken where a session
// stood before it was moved, and what concerns neighbours where it is done.
// A week that is as full as it may be has its whole number of hard days in every
// seven days, so a count on the new day would forbid the very moves that SP-12
// allows. A move stays inside its week, so the week's counts stay true.
package plan
