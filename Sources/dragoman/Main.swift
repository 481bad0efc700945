import CommandSupport
import Platform

@main
enum Main {
    static func main() async {
        MappingFaults.report()
        await CommandMain.run(Dragoman.self)
    }
}
