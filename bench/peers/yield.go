// 1,000 goroutines on one processor that give the turn away 300 times each.
package main

import (
	"runtime"
	"sync"
)

func main() {
	runtime.GOMAXPROCS(1)
	var all sync.WaitGroup
	for i := 0; i < 1000; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for round := 0; round < 300; round++ {
				runtime.Gosched()
			}
		}()
	}
	all.Wait()
}
