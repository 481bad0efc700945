/// Who may set something, the strongest first.
package enum SettingSource: String, Encodable, CaseIterable {
    case flag
    case environment
    case file
    /// Nobody did.
    case standard = "default"
}
