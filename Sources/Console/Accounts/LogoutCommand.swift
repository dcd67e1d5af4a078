internal import JSON

/// `voronka logout`: forgets the profile, and on demand ends all of one's sessions at the server.
public struct LogoutCommand: ConsoleCommand {
  let everywhere: Bool

  /// A log-out of this machine, or of all of one's sessions.
  public init(everywhere: Bool) {
    self.everywhere = everywhere
  }

  /// The profile is forgotten also where the server can't be reached; that is said then.
  public func run(in context: ConsoleContext) async throws {
    let store = try ProfileStore(environment: context.environment)
    let name = Credentials.profileName(context)
    guard let profile = try store.load(name) else {
      throw ConsoleFailure.usage("Profile \(name) is not logged in.")
    }
    defer { try? store.remove(name) }
    // The operator's token is no session: forgetting it is all there is to do.
    if profile.token.hasPrefix("vus_") {
      var context = context
      context.options.server = profile.server
      context.options.token = profile.token
      do {
        try await Session.with(context) { session in
          _ = try await session.call(
            "auth.logout", everywhere ? ["everywhere": true] : JSON.object([:]))
        }
      } catch ConsoleFailure.unreachable(let reason) {
        try store.remove(name)
        throw ConsoleFailure.unreachable(
          "Profile \(name) is forgotten, but its session still stands: \(reason)")
      } catch ConsoleFailure.server(let error) where ErrorText.kind(error) == "unauthenticated" {
        // The session had ended already, which is what was wanted.
      }
    }
    try store.remove(name)
    context.say("Logged out of profile \(name).")
  }
}
