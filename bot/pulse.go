package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

const (
	// beatKept is how often it is written down that the bot is there.
	beatKept = 30 * time.Second
	// missed is after how long without a beat the bot was away: asleep with its machine, stopped, or down.
	missed = 5 * time.Minute
	// behind is how far the clock must lie behind the latest beat to have been put back.
	behind = time.Minute
	// stale is how old a queued line is that was most likely said before a copy that it is in was put in place.
	stale = 10 * time.Minute
	// longAgo is for how long it is remembered that the bot was away.
	longAgo = 14 * 24 * time.Hour
)

// pulse is what a bot knows of its own life. It is kept in the store, so that it
// outlives the process; a store without notes has a bot that was never away.
type pulse struct {
	mu    sync.Mutex
	known bool // whether it was read
	life
}

// life is a pulse as it is kept.
type life struct {
	// Beat is when the bot was last there.
	Beat time.Time `json:"beat"`
	// Away are the times in which it was not, oldest first.
	Away []coach.Gap `json:"away,omitempty"`
	// Lost is the latest time that was lived and is forgotten, since the store was restored from a copy.
	Lost coach.Gap `json:"lost,omitzero"`
	// Restored is when that was, until the bot is there again.
	Restored time.Time `json:"restored,omitzero"`
}

// pulseNote is the key under which a pulse is kept.
const pulseNote = "bot/pulse"

// Restored notes in a store that was made of a backup at now that whatever came
// between the two is forgotten and may have been said.
func Restored(ctx context.Context, s store.Notes, now time.Time) error {
	var l life
	err := l.load(ctx, s)
	if err == nil && !l.Beat.IsZero() {
		l.Restored = now
		err = l.save(ctx, s)
	}
	if err != nil {
		return fmt.Errorf("note the restore: %w", err)
	}
	return nil
}

// Absences returns, without an event, what a bot that begins at now would tell the coach beside each.
func Absences(ctx context.Context, s store.Notes, now time.Time) (coach.After, error) {
	var l life
	if err := l.load(ctx, s); err != nil {
		return coach.After{}, fmt.Errorf("read when the bot was last there: %w", err)
	}
	l.live(now)
	return coach.After{Away: l.Away, Lost: l.Lost}, nil
}

// beat notes that the bot is there at now. It reports whether its clock had been ahead.
func (b *Bot) beat(ctx context.Context, now time.Time) (ahead bool, err error) {
	notes, able := b.store.(store.Notes)
	if !able {
		return false, nil
	}
	p := &b.pulse
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.known {
		if err := p.load(ctx, notes); err != nil {
			return false, fmt.Errorf("read when the bot was last there: %w", err)
		}
		p.known = true
	}
	kept := p.Beat
	ahead = p.live(now)
	if since := now.Sub(kept); since >= 0 && since < beatKept {
		p.Beat = kept // as it stands in the store
		return ahead, nil
	}
	if err := p.save(ctx, notes); err != nil {
		return ahead, fmt.Errorf("write that the bot is there: %w", err)
	}
	return ahead, nil
}

// live goes on living at now, and reports whether the clock had been ahead.
func (l *life) live(now time.Time) (ahead bool) {
	was := l.Beat
	l.Beat = now
	if l.Restored.After(now) {
		l.Restored = now
	}
	if !l.Restored.IsZero() {
		l.Lost, was = coach.Gap{From: was, To: l.Restored}, l.Restored
		l.Restored = time.Time{}
	}
	if ahead = was.Sub(now) > behind; !ahead && !was.IsZero() && now.Sub(was) > missed {
		l.Away = append(slices.Clone(l.Away), coach.Gap{From: was, To: now})
	}
	old := func(g coach.Gap) bool { return g.To.After(now) || now.Sub(g.To) > longAgo }
	l.Away = slices.DeleteFunc(slices.Clone(l.Away), old)
	if old(l.Lost) {
		l.Lost = coach.Gap{}
	}
	return ahead
}

func (l *life) load(ctx context.Context, s store.Notes) error {
	data, err := s.Note(ctx, pulseNote)
	if err != nil || len(data) == 0 {
		return err
	}
	if err := json.Unmarshal(data, l); err != nil {
		return err
	}
	return l.compare(ctx, s)
}

// compare finds out whether the store is an older copy that was put in place by
// hand: the word beside it then tells of a later beat than the store itself.
// Whatever came until shortly after that beat is forgotten and may have been said.
func (l *life) compare(ctx context.Context, s store.Notes) error {
	beside, able := s.(store.Witness)
	if !able {
		return nil
	}
	word, err := beside.Witness(ctx)
	if err != nil {
		return err
	}
	var last time.Time
	if last.UnmarshalText(bytes.TrimSpace(word)) != nil {
		return nil // none, or none that can be trusted
	}
	if until := last.Add(beatKept); last.After(l.Beat) && until.After(l.Restored) {
		l.Restored = until
	}
	return nil
}

func (l *life) save(ctx context.Context, s store.Notes) error {
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	if err := s.SetNote(ctx, pulseNote, data); err != nil {
		return err
	}
	beside, able := s.(store.Witness)
	if !able {
		return nil
	}
	word, err := l.Beat.MarshalText()
	if err != nil {
		return err
	}
	return beside.SetWitness(ctx, word) // after the store, so that it is later only than a copy
}

// said reports whether a line that was queued at a time was most likely said
// before the store was put back to when it still waited.
func (p *pulse) said(queued time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.Lost.To.Sub(queued) > stale // false while nothing is lost
}

// after is an event with what its runner cannot know: when the bot was not there.
func (b *Bot) after(e coach.Event) coach.Event {
	b.pulse.mu.Lock()
	defer b.pulse.mu.Unlock()
	if len(b.pulse.Away) == 0 && b.pulse.Lost == (coach.Gap{}) {
		return e
	}
	return coach.After{Event: e, Away: b.pulse.Away, Lost: b.pulse.Lost}
}

// here notes that the bot is there, and mends what a clock that was ahead has left.
func (b *Bot) here(ctx context.Context, now time.Time) {
	ahead, err := b.beat(ctx, now)
	if ctx.Err() == nil && b.pulseless.new(err) {
		b.log.Error("keep the pulse; tried again soon", "error", err)
	}
	if ahead {
		b.log.Warn("the clock was put back; when runners are woken is worked out anew", "now", now)
		b.rewaking.Go(func() { b.rewake(ctx, now) })
	}
}

// rewake works out anew when everybody is to be woken. Whoever was stepped while
// the clock was ahead would else sleep until then. It takes about as long as waking
// everybody once, beside everything else.
func (b *Bot) rewake(ctx context.Context, now time.Time) {
	keeper, able := b.store.(store.Keeper)
	if !able {
		return
	}
	err := keeper.Each(ctx, func(r coach.Runner) error {
		if !r.Wake.After(now) {
			return ctx.Err() // due, or never
		}
		if after, _ := b.step(r.ID, coach.Woke{}, now)(r); after.Wake.Equal(r.Wake) {
			return ctx.Err()
		}
		return b.wake(ctx, r.ID, now)
	})
	if err != nil && ctx.Err() == nil {
		b.log.Error("work out anew when runners are woken", "error", err)
	}
}
