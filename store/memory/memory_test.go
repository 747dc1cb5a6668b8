package memory_test

import (
	"testing"

	"legcoach/store/memory"
	"legcoach/store/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(testing.TB) (storetest.Store, func() storetest.Store) {
		s := memory.New()
		return s, func() storetest.Store {
			s = s.Reopen()
			return s
		}
	})
}
