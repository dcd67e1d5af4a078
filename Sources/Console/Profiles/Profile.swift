internal import JSON

/// Who one is, where: what `voronka login` keeps.
struct Profile: Sendable, Equatable {
  let server: String
  let token: String
  let authorityFile: String?
  let tenant: String?
  let email: String?

  var json: JSON {
    var members: [(String, JSON)] = [("server", .string(server)), ("token", .string(token))]
    if let authorityFile { members.append(("ca", .string(authorityFile))) }
    if let tenant { members.append(("tenant", .string(tenant))) }
    if let email { members.append(("email", .string(email))) }
    return .object(JSONObject(members))
  }

  init(
    server: String, token: String, authorityFile: String?, tenant: String?, email: String?
  ) {
    self.server = server
    self.token = token
    self.authorityFile = authorityFile
    self.tenant = tenant
    self.email = email
  }

  init?(_ json: JSON) {
    guard let server = json["server"]?.string, let token = json["token"]?.string else { return nil }
    self.init(
      server: server, token: token, authorityFile: json["ca"]?.string,
      tenant: json["tenant"]?.string, email: json["email"]?.string)
  }
}
