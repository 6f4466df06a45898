// Solves one market by an algorithm of the LEMON library, as often as it is told to.
//
//   network_simplex FILE METHOD UNIT
//
// FILE is a merged market as `src/merged.rs` writes it. METHOD is one of
//   network-simplex, capacity-scaling, cost-scaling   one node per group of identical people, one per place
//   network-simplex-sites                             and one per list of choices, which the groups of a building share
// UNIT is the weight of one standing over the next. Each line "solve" on the input builds the graph, solves it, and
// answers with one line of JSON.
//
// Formulation: a place demands its capacity and need not get it (supply type GEQ), so there is no sink. People who get
// no place go to one more such node, at the weight of their standing.

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include <lemon/capacity_scaling.h>
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

using Clock = std::chrono::steady_clock;
using Graph = lemon::SmartDigraph;
using Words = std::vector<uint32_t>;

namespace {

struct Market {
    uint32_t classes = 0;
    Words capacities, starts, places, costs, group_list, group_class, group_count;
};

bool read_words(std::FILE* file, Words& words, size_t many) {
    words.resize(many);
    return std::fread(words.data(), sizeof(uint32_t), many, file) == many;
}

bool read_market(const char* path, Market& market) {
    std::FILE* file = std::fopen(path, "rb");
    if (!file) return false;
    Words head;
    bool good = read_words(file, head, 5);
    if (good) {
        market.classes = head[4];
        good = read_words(file, market.capacities, head[0]) && read_words(file, market.starts, head[1] + size_t{1}) &&
               read_words(file, market.places, head[2]) && read_words(file, market.costs, head[2]) &&
               read_words(file, market.group_list, head[3]) && read_words(file, market.group_class, head[3]) &&
               read_words(file, market.group_count, head[3]);
    }
    std::fclose(file);
    return good;
}

double milliseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

// An arc into a place with the cost of one person, so that the answer can be read back.
struct Seat {
    Graph::Arc arc;
    uint32_t cost;
};

template <class Algorithm>
void solve(const Market& market, int64_t unit, bool sites) {
    const auto start = Clock::now();
    const size_t places = market.capacities.size(), groups = market.group_list.size();
    const size_t lists = market.starts.size() - 1;
    Graph graph;
    size_t arcs = sites ? market.places.size() + 2 * groups : groups;
    if (!sites)
        for (uint32_t list : market.group_list) arcs += market.starts[list + 1] - market.starts[list];
    graph.reserveNode(static_cast<int>(places + groups + 1 + (sites ? lists : 0)));
    graph.reserveArc(static_cast<int>(arcs));
    std::vector<Graph::Node> place_nodes(places), list_nodes(sites ? lists : 0);
    for (auto& node : place_nodes) node = graph.addNode();
    for (auto& node : list_nodes) node = graph.addNode();
    const Graph::Node outside = graph.addNode();
    Graph::NodeMap<int64_t> supply(graph, 0);
    Graph::ArcMap<int64_t> cost(graph, 0);
    std::vector<Seat> seats;
    seats.reserve(arcs);
    auto link = [&](Graph::Node node, uint32_t list) {
        for (uint32_t at = market.starts[list]; at < market.starts[list + 1]; ++at) {
            const Graph::Arc arc = graph.addArc(node, place_nodes[market.places[at]]);
            cost[arc] = market.costs[at];
            seats.push_back({arc, market.costs[at]});
        }
    };
    for (size_t place = 0; place < places; ++place) supply[place_nodes[place]] = -int64_t{market.capacities[place]};
    if (sites)
        for (uint32_t list = 0; list < lists; ++list) link(list_nodes[list], list);
    int64_t people = 0;
    std::vector<Graph::Arc> left_arcs(groups);
    for (size_t group = 0; group < groups; ++group) {
        const Graph::Node node = graph.addNode();
        supply[node] = market.group_count[group];
        people += market.group_count[group];
        if (sites) graph.addArc(node, list_nodes[market.group_list[group]]);
        else link(node, market.group_list[group]);
        left_arcs[group] = graph.addArc(node, outside);
        cost[left_arcs[group]] = (int64_t{market.classes} - market.group_class[group]) * unit;
    }
    supply[outside] = -people;
    Algorithm algorithm(graph);
    algorithm.costMap(cost).supplyMap(supply);
    const auto ready = Clock::now();
    const auto status = algorithm.run();
    const double solve_ms = milliseconds(ready), total_ms = milliseconds(start);
    if (status != Algorithm::OPTIMAL) {
        std::cout << "{\"error\":\"LEMON ends with status " << status << "\"}" << std::endl;
        return;
    }
    int64_t total = 0;
    for (const Seat& seat : seats) total += int64_t{seat.cost} * algorithm.flow(seat.arc);
    std::vector<int64_t> seated(market.classes, 0);
    for (size_t group = 0; group < groups; ++group)
        seated[market.group_class[group]] += market.group_count[group] - algorithm.flow(left_arcs[group]);
    std::cout << "{\"solve_ms\":" << solve_ms << ",\"total_ms\":" << total_ms << ",\"cost\":" << total << ",\"seated\":[";
    for (size_t at = 0; at < seated.size(); ++at) std::cout << (at ? "," : "") << seated[at];
    std::cout << "]}" << std::endl;
}

}  // namespace

int main(int many, char** words) {
    if (many != 4) {
        std::cerr << "usage: network_simplex FILE METHOD UNIT\n";
        return 2;
    }
    Market market;
    if (!read_market(words[1], market)) {
        std::cerr << words[1] << ": cannot be read as a market\n";
        return 2;
    }
    const std::string method = words[2];
    const int64_t unit = std::stoll(words[3]);
    const bool sites = method == "network-simplex-sites";
    std::string line;
    while (std::getline(std::cin, line)) {
        if (sites || method == "network-simplex") solve<lemon::NetworkSimplex<Graph, int64_t, int64_t>>(market, unit, sites);
        else if (method == "capacity-scaling") solve<lemon::CapacityScaling<Graph, int64_t, int64_t>>(market, unit, false);
        else if (method == "cost-scaling") solve<lemon::CostScaling<Graph, int64_t, int64_t>>(market, unit, false);
        else std::cout << "{\"error\":\"no method " << method << "\"}" << std::endl;
    }
}
