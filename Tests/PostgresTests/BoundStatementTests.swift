internal import Postgres
internal import Testing

@Suite("Bound statements")
struct BoundStatementTests {
  @Test("One tells its text and its values to who runs it elsewhere, and no value to who prints it")
  func values() {
    let statement = Statement("select $1::text, $2::text, $3::bigint[], $4::text")
    let bound = statement("геройка: 'x'", nil, .integers([1, 2]), "")
    #expect(bound.statement == statement)
    #expect(bound.values == ["геройка: 'x'", nil, "{1,2}", ""])
    #expect(statement.bind([]).values == [])
    #expect(!"\(bound)".contains("геройка"))
  }
}
