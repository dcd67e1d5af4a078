/// Of what the texts of the section `search` are made.
enum SearchVocabulary {
  /// Of these a title has two.
  static let common = words(
    """
    kitchen wardrobe staircase window door table cabinet shelf bench floor ceiling bathroom bedroom office \
    garden terrace balcony facade roof fence gate pavilion sauna nursery library restaurant hotel bakery \
    pharmacy workshop renovation delivery assembly repair design painting glazing flooring lighting heating \
    order measuring sample catalogue contract urgent spring autumn premium standard
    """)

  /// Of these one title in a hundred has one.
  static let rare = words(
    """
    aquarium bagpipe catamaran dovecote easel flagpole gazebo hammock igloo jukebox kayak lectern marquee \
    nautilus observatory pergola quiver rotunda sundial trellis ukulele vestibule windmill xylophone yurt \
    zeppelin abacus belfry cloister drawbridge epergne fountain gargoyle harpsichord icehouse jetty kiosk \
    lighthouse minaret niche obelisk pagoda quay reliquary spinet tabernacle urn verandah wigwam ziggurat
    """)

  static let firstNames = words(
    """
    anna boris clara daniel elena felix greta henry irina jacob karina leon maria nikolai olga peter regina \
    stefan tatiana viktor
    """)

  static let lastNames = words(
    """
    adler becker conrad dietrich eberhard fischer gruber hartmann isaacs jansen keller lindner maurer neumann \
    ostrov petrov quandt richter schubert tischler ullrich vogel wagner xander yilmaz zimmer amsel brandt \
    cramer dorn engel falk geiger hofer imhoff jung krause lorenz metzger nagel opitz pohl raabe sander thiel \
    urban voss weber yost zeller
    """)

  /// Of three of these the name of a client company is made.
  static let syllables = words(
    """
    bel mar vik tor lin dan fur gal hes jor kel lum mon nar ost pel rin sol tam ulf ver wes xan yor zel bri \
    cor dra fen gro
    """)

  /// What client companies do: the second word of their names.
  static let trades = words(
    """
    windows doors kitchens carpentry logistics textiles printing foods bakery pharmacy clinics hotels tours \
    motors steel glass stone timber paints tools
    """)

  /// What the field holds that most cards share.
  static let usualMaterials = words("beech pine birch ash maple")

  /// What one in ten, one in 400 and three cards hold.
  static let otherMaterials = words("oak walnut ebony")

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
