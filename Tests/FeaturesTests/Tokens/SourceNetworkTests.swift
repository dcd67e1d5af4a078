internal import JSONRPC
internal import Testing

@testable internal import Features

@Suite("Networks of tokens")
struct SourceNetworkTests {
  private func origin(_ address: String?, isLocal: Bool = false) -> ClientOrigin {
    ClientOrigin(address: address, isLocal: isLocal, isEncrypted: false, connection: 1)
  }

  @Test(
    "An address lies in a network by its first bits",
    arguments: [
      ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false),
      ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.7", "192.0.2.7", true),
      ("192.0.2.7/32", "192.0.2.6", false), ("0.0.0.0/0", "8.8.8.8", true),
      ("0.0.0.0/0", "2001:db8::1", false), ("10.0.0.0/8", "10.255.1.2", true),
      ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
      ("::/0", "192.0.2.1", false), ("::1", "::1", true), ("fe80::/10", "fe80::1%eth0", true),
      ("192.0.2.0/24", "::ffff:192.0.2.9", true), ("::ffff:192.0.2.0/120", "192.0.2.9", true),
      ("192.0.2.0/24", "not an address", false),
    ])
  func containing(network: String, address: String, isInside: Bool) throws {
    let network = try #require(SourceNetwork(network))
    #expect([network].contain(origin(address)) == isInside)
  }

  @Test(
    "What is no network is none",
    arguments: [
      "", "/", "/24", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2.0/", "192.0.2.1/24",
      "192.0.2/24", "2001:db8::1/32", "2001:db8::/129", "example.com", "fe80::1%eth0", "0x7f.1",
      "192.0.2.0/24/24", "192.0.2.0 /24", "::ffff:192.0.2.0/24",
    ])
  func wrong(text: String) {
    #expect(SourceNetwork(text) == nil)
  }

  @Test("A Unix socket counts as the host's own address, and as no other")
  func unixSocket() throws {
    for (text, isInside) in [
      ("127.0.0.0/8", true), ("::1", true), ("192.0.2.0/24", false), ("0.0.0.0/0", true),
    ] {
      let network = try #require(SourceNetwork(text))
      #expect([network].contain(origin(nil, isLocal: true)) == isInside)
    }
  }

  @Test("A network is written as it is read")
  func text() throws {
    for text in ["192.0.2.0/24", "2001:db8::/32", "::/0"] {
      #expect(try #require(SourceNetwork(text)).text == text)
    }
    #expect(SourceNetwork("192.0.2.7")?.text == "192.0.2.7/32")
  }

  @Test("Guesses count by the address, of version 6 by its network of 64 bits")
  func counted() {
    #expect(SourceAddress("2001:db8::1")?.counted == SourceAddress("2001:db8::ffff:1")?.counted)
    #expect(SourceAddress("2001:db8::1")?.counted != SourceAddress("2001:db8:0:1::1")?.counted)
    #expect(SourceAddress("192.0.2.1")?.counted != SourceAddress("192.0.2.2")?.counted)
    #expect(SourceAddress("::ffff:192.0.2.1")?.counted == SourceAddress("192.0.2.1")?.counted)
  }
}
