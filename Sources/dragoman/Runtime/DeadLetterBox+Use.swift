import Coordinator

extension DeadLetterBox {
    /// Works with the box and closes it.
    func use<Value>(_ body: (DeadLetterBox) async throws -> Value) async throws -> Value {
        do {
            let value = try await body(self)
            await close()
            return value
        } catch {
            await close()
            throw error
        }
    }
}
