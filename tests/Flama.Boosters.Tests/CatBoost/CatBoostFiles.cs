using System.IO.Compression;
using System.Text;
using Flama.Boosters.CatBoost;
using Flama.Tests;

namespace Flama.Boosters.Tests.CatBoost;

/// <summary>Files that CatBoost 1.2.10 wrote.</summary>
internal static class CatBoostFiles
{
    /// <summary>The bytes of a case's model.</summary>
    public static byte[] Read(string name, string folder = "golden/catboost")
    {
        using var archive = ZipFile.OpenRead(Fixtures.PathOf($"{folder}/catboost-1.2.10.zip"));
        using var stream = archive.Entries.Single(entry => entry.FullName.StartsWith($"{name}/model.", StringComparison.Ordinal)).Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Loads a file in the binary form.</summary>
    public static Model LoadBinary(byte[] bytes) => Load(bytes, ModelFormats.CatBoostBinary);

    /// <summary>Loads a file in JSON, a text of it replaced.</summary>
    public static Model LoadJson(string name, string replaced = "", string by = "")
    {
        var text = Encoding.UTF8.GetString(Read(name));
        if (replaced.Length > 0)
        {
            Assert.Contains(replaced, text, StringComparison.Ordinal);
            text = text.Replace(replaced, by, StringComparison.Ordinal);
        }

        return Load(Encoding.UTF8.GetBytes(text), ModelFormats.CatBoostJson);
    }

    private static Model Load(byte[] bytes, ModelFormat format) =>
        new CatBoostEngine().Load(new("model.file", format, ModelPayload.FromMemory(bytes)), LoadOptions.Default);
}
