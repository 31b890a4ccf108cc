// 1,000 fibers that give the turn away 300 times each.
#include <boost/fiber/all.hpp>
#include <vector>

int main() {
    std::vector<boost::fibers::fiber> fibers;
    for (int i = 0; i < 1000; ++i)
        fibers.emplace_back([] {
            for (int round = 0; round < 300; ++round) boost::this_fiber::yield();
        });
    for (auto& fiber : fibers) fiber.join();
}
