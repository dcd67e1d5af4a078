/// A request's text.
func request(_ method: String, _ parameters: String = "{}", id: Int) -> String {
  #"{"jsonrpc":"2.0","method":"\#(method)","params":\#(parameters),"id":\#(id)}"#
}

/// A successful reply's text.
func result(_ result: String, id: Int) -> String {
  #"{"jsonrpc":"2.0","result":\#(result),"id":\#(id)}"#
}

func ping(_ id: Int) -> String { #"{"jsonrpc":"2.0","method":"ping","id":\#(id)}"# }
func pong(_ id: Int) -> String { result(#""pong""#, id: id) }
