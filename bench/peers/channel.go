// A producer and a consumer over a channel of one, 2,000,000 items, on one processor.
package main

import "runtime"

func main() {
	runtime.GOMAXPROCS(1)
	const count = 2000000
	channel := make(chan int, 1)
	go func() {
		for number := 0; number < count; number++ {
			channel <- number
		}
	}()
	for number := 0; number < count; number++ {
		<-channel
	}
}
