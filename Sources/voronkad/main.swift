print("voronkad")
