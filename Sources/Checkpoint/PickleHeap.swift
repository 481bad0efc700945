/// The containers and tensors a pickle has built so far, each named by its index.
struct PickleHeap {
    /// One of them.
    enum Node {
        case tuple([PickleValue])
        case list([PickleValue])
        /// Keys and values in turn.
        case dictionary([PickleValue])
        case storage(TorchStorage)
        case tensor(TorchTensor)
    }

    private var nodes: [Node] = []

    var count: Int { nodes.count }

    mutating func add(_ node: Node) -> PickleValue {
        nodes.append(node)
        return .object(nodes.count - 1)
    }

    /// The node a value names; `nil` for plain values.
    func node(_ value: PickleValue) -> Node? {
        guard case .object(let index) = value else { return nil }
        return nodes[index]
    }

    /// The elements of a tuple; `nil` for anything else.
    func tuple(_ value: PickleValue) -> [PickleValue]? {
        guard case .tuple(let elements) = node(value) else { return nil }
        return elements
    }

    /// The elements of a tuple of integers.
    func integers(_ value: PickleValue) -> [Int]? {
        guard let elements = tuple(value) else { return nil }
        var integers: [Int] = []
        for element in elements {
            guard case .integer(let integer) = element else { return nil }
            integers.append(integer)
        }
        return integers
    }

    /// Appends to a list in place; `false` when the value is not one.
    mutating func extendList(_ value: PickleValue, by elements: [PickleValue]) -> Bool {
        guard case .object(let index) = value, case .list(var list) = nodes[index] else { return false }
        nodes[index] = .list([])  // gives up the second reference, so that appending does not copy
        list.append(contentsOf: elements)
        nodes[index] = .list(list)
        return true
    }

    /// Adds keys and values to a dictionary in place; `false` when the value is not one or a key lacks its value.
    mutating func extendDictionary(_ value: PickleValue, by items: [PickleValue]) -> Bool {
        guard items.count.isMultiple(of: 2), case .object(let index) = value, case .dictionary(var all) = nodes[index]
        else { return false }
        nodes[index] = .dictionary([])
        all.append(contentsOf: items)
        nodes[index] = .dictionary(all)
        return true
    }
}
