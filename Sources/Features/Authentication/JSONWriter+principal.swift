internal import JSON
internal import SalesRules

/// Who somebody is, as `auth.*` shows it.
extension JSONWriter {
  /// The operator.
  mutating func operatorPrincipal() {
    object {
      $0.member("kind", "operator")
      $0.member("name", "operator")
    }
  }

  /// A user of a company by a session.
  mutating func principal(
    tenant: String, user: Int64, email: String, name: String, role: TenantRole
  ) {
    object {
      $0.userMembers(
        kind: "user", tenant: tenant, user: user, email: email, name: name, role: role)
    }
  }

  /// Whoever has been let in, with the token by which they came, and with who is behind it where that is
  /// somebody else.
  mutating func principal(_ admission: Admission, of company: Company) {
    let standing = admission.standing
    let actor = admission.principal.actor
    let isService = admission.token?.kind == .service && actor.actingAs == nil
    object {
      $0.userMembers(
        kind: isService ? "service" : "user", tenant: company.slug, user: standing.user,
        email: standing.email, name: standing.name, role: standing.role)
      if let access = actor.support {
        $0.supportActor(access)
      } else if actor.actingAs != nil, let token = admission.token {
        $0.member("actor") {
          $0.member("kind", "service")
          $0.member("user", token.user)
          $0.token(token)
        }
      } else if let token = admission.token {
        $0.token(token)
      }
    }
  }

  /// The members of a user's principal.
  mutating func userMembers(
    kind: String, tenant: String, user: Int64, email: String, name: String, role: TenantRole
  ) {
    member("kind", kind)
    member("tenant", tenant)
    member("user") {
      $0.member("id", user)
      $0.member("email", email)
      $0.member("name", name)
      $0.member("role", role.rawValue)
    }
  }

  /// That the operator is behind it.
  mutating func supportActor(_ access: Int64) {
    member("actor") {
      $0.member("kind", "operator")
      $0.member("support", access)
    }
  }

  private mutating func token(_ token: IssuedToken) {
    member("token") {
      $0.member("id", token.id)
      $0.member("kind", token.kind.rawValue)
      $0.member("name", token.name)
    }
  }
}
