//go:build ignore

// Gen learns the weights from the phrasings and writes weights.bin.
package main

import (
	"log"
	"os"

	"legcoach/coach/rank"
)

func main() {
	phrasings, err := rank.Phrasings()
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("weights.bin", rank.Train(phrasings).Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
