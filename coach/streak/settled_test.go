package streak_test

import (
	"reflect"
	"testing"

	"legcoach/coach/streak"
)

// TestSettleChangesNoNumber says that a long log is settled once in a while, and
// that nobody sees it; the random lives say the same of every change that there is.
func TestSettleChangesNoNumber(t *testing.T) {
	f, now := tenYears(t)
	settled := f.Settle(now)
	if settled.Settled.IsZero() {
		t.Fatal("ten years are not settled")
	}
	if again := settled.Settle(now.AddDate(0, 0, 27)); again.Settled != settled.Settled {
		t.Errorf("settled anew after 27 days: %s, was %s", again.Settled, settled.Settled)
	}
	for days := -3; days < 120; days++ {
		at := now.AddDate(0, 0, days)
		settled = settled.Settle(at)
		if got, want := streak.Derive(settled, at), streak.Derive(f, at); !reflect.DeepEqual(got, want) {
			t.Fatalf("%d days on: %+v, want %+v", days, got, want)
		}
		if err := settled.Check(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSettledCountsForNothingOnceItsDaysChange says that a session of last spring, logged today, is in the numbers.
func TestSettledCountsForNothingOnceItsDaysChange(t *testing.T) {
	f, now := tenYears(t)
	settled := f.Settle(now)
	d := f.Today(now) - 200
	after, err := settled.Record(d, streak.Session{Kind: streak.Other}, now)
	if err != nil {
		t.Fatal(err)
	}
	bare := after
	bare.Settled = streak.Settled{}
	if got, want := streak.Derive(after, now), streak.Derive(bare, now); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	after.Log = after.Log.Undo(streak.Diff(f.Log, after.Log))
	if after.Log != f.Log || !reflect.DeepEqual(streak.Derive(after, now), streak.Derive(f, now)) {
		t.Error("taken back, it is not what it was")
	}
}
