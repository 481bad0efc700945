import CommandSupport

@main
enum Main {
    static func main() async { await CommandMain.run(GatewayCommand.self) }
}
