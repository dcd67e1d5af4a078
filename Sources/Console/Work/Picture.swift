/// What a workplace shows between its heading and its status line, and the line below that.
struct Picture {
  let body: [String]
  let bottom: String
}
