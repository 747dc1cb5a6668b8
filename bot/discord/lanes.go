package discord

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
)

// lanes run what has to be done for people: one person's jobs one after
// another in order, different people's at the same time.
type lanes struct {
	log   *slog.Logger
	slots chan struct{} // one for each job that runs
	each  int           // how many jobs one person may have waiting
	all   int           // how many jobs may wait in all

	mu      sync.Mutex
	waiting map[string][]func(context.Context)
	count   int
	flying  sync.WaitGroup
}

func newLanes(log *slog.Logger, parallel, each, all int) *lanes {
	return &lanes{log: log, slots: make(chan struct{}, parallel), each: each, all: all, waiting: map[string][]func(context.Context){}}
}

// push queues a job for a person; false if too much waits already.
func (l *lanes) push(ctx context.Context, who string, job func(context.Context)) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	jobs, running := l.waiting[who]
	if len(jobs) >= l.each || l.count >= l.all {
		return false
	}
	l.waiting[who] = append(jobs, job)
	l.count++
	if !running {
		l.flying.Go(func() { l.drain(ctx, who) })
	}
	return true
}

// drain runs a person's jobs until none is left.
func (l *lanes) drain(ctx context.Context, who string) {
	for {
		l.slots <- struct{}{}
		job := l.pop(who)
		if job != nil {
			l.run(ctx, job)
		}
		<-l.slots
		if job == nil {
			return
		}
	}
}

func (l *lanes) pop(who string) func(context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	jobs := l.waiting[who]
	if len(jobs) == 0 {
		delete(l.waiting, who)
		return nil
	}
	l.waiting[who] = jobs[1:]
	l.count--
	return jobs[0]
}

// run keeps a panic to the job that made it. What it panicked with may hold a token and is not shown.
func (l *lanes) run(ctx context.Context, job func(context.Context)) {
	defer func() {
		if p := recover(); p != nil {
			l.log.Error("an event of Discord panicked and is set aside", "stack", string(debug.Stack()))
		}
	}()
	job(ctx)
}

// wait returns when every job has ended.
func (l *lanes) wait() { l.flying.Wait() }
