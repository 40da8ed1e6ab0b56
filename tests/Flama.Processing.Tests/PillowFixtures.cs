using System.IO.Compression;
using System.Text.Json;
using Flama.Tests;

namespace Flama.Processing.Tests;

/// <summary>Pictures, and what Pillow and numpy made of them: <c>tests/fixtures/images/make_images.py</c>.</summary>
internal static class PillowFixtures
{
    public static byte[] Read(string name)
    {
        using var zip = ZipFile.OpenRead(Fixtures.PathOf("images", "pillow.zip"));
        using var stream = (zip.GetEntry(name) ?? throw new FileNotFoundException(name)).Open();
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }

    public static IEnumerable<string> Names(string suffix)
    {
        using var zip = ZipFile.OpenRead(Fixtures.PathOf("images", "pillow.zip"));
        return [.. zip.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(suffix, StringComparison.Ordinal))];
    }

    public static int[] SizeOf(string name, string index = "sizes.json")
    {
        using var document = JsonDocument.Parse(Read(index));
        return [.. document.RootElement.GetProperty(name).EnumerateArray().Select(length => length.GetInt32())];
    }
}
