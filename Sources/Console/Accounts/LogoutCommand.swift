internal import JSON

/// `voronka logout`: ends the profile's session, or all of one's sessions, and forgets the profile.
public struct LogoutCommand: ConsoleCommand {
  let everywhere: Bool

  /// A log-out of the profile's session, or of all of one's sessions.
  public init(everywhere: Bool) {
    self.everywhere = everywhere
  }

  /// The profile is forgotten also where the server can't be reached or refuses; what then still stands
  /// is said.
  public func run(in context: ConsoleContext) async throws {
    let store = try ProfileStore(environment: context.environment)
    let name = Credentials.profileName(context)
    guard let profile = try store.load(name) else {
      throw ConsoleFailure.usage("Profile \(name) is not logged in.")
    }
    // The operator's token is no session: forgetting it is all there is to do.
    guard profile.token.hasPrefix("vus_") else {
      try store.remove(name)
      return context.say(
        "Profile \(name) is forgotten. The token itself stays good: it is no session.")
    }
    let outcome = await end(profile, context: context)
    try store.remove(name)
    switch outcome {
    case .success where everywhere:
      context.say("Logged out: all your sessions have ended, also those on other machines.")
    case .success:
      context.say("Logged out of profile \(name): its session has ended, others of yours go on.")
    case .failure(ConsoleFailure.unreachable(let reason)):
      throw ConsoleFailure.unreachable("\(Self.stillStands(name)): \(reason)")
    case .failure(let error):
      context.say("\(Self.stillStands(name)).")
      throw error
    }
  }

  private static func stillStands(_ name: String) -> String {
    "Profile \(name) is forgotten, but its session may still stand at the server until it expires"
  }

  /// Ends the session at the server that gave it.
  private func end(_ profile: Profile, context: ConsoleContext) async -> Result<Void, any Error> {
    var context = context
    context.options.server = profile.server
    context.options.token = profile.token
    do {
      try await Session.with(context) { session in
        _ = try await session.call("auth.logout", [everywhere ? "everywhere" : "session": true])
      }
    } catch ConsoleFailure.server(let error) where ErrorText.kind(error) == "unauthenticated" {
      // The session had ended already, which is what was wanted.
    } catch {
      return .failure(error)
    }
    return .success(())
  }
}
