namespace Flama.ConformanceTests.Mutations;

/// <summary>A changed copy of a model: the same for the same number.</summary>
internal static class Mutation
{
    /// <summary>Makes the copy of a number.</summary>
    /// <param name="seeds">The models to choose from.</param>
    /// <param name="number">The number.</param>
    public static ModelFiles Make(IReadOnlyList<ModelFiles> seeds, int number)
    {
        Random random = new(number);
        var model = seeds[random.Next(seeds.Count)];
        var other = seeds[random.Next(seeds.Count)];
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            string[] paths = [.. model.Files.Keys.Order(StringComparer.Ordinal)];
            if (paths.Length == 0)
            {
                return model;
            }

            var path = paths[random.Next(paths.Length)];
            var content = model.Files[path];
            model = model.With(path, paths.Length > 1 && random.Next(40) == 0 ? null : Change(path, content, other.Files.GetValueOrDefault(path, content), random));
        }

        return model;
    }

    // Most changes know what they change: parts of archives with a checksum that holds, fields of messages with lengths that hold, words of texts.
    private static byte[] Change(string path, byte[] content, byte[] other, Random random)
    {
        if (random.Next(4) == 0)
        {
            return Bytes.Change(content, other, random);
        }

        return ZipParts.Change(content, other, random, Inside) ?? Inside(path, content, other, random);
    }

    private static byte[] Inside(string path, byte[] content, byte[] other, Random random)
    {
        if (random.Next(4) == 0)
        {
            return Bytes.Change(content, other, random);
        }

        return path.EndsWith(".onnx", StringComparison.Ordinal) || path.EndsWith(".pb", StringComparison.Ordinal)
            ? Messages.Change(content, random) ?? Bytes.Change(content, other, random)
            : Words.IsText(content) ? Words.Change(content, random) : Bytes.Change(content, other, random);
    }
}
