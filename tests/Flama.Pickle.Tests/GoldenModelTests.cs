using System.IO.Compression;
using System.Text.Json;
using Flama.Sklearn;
using Flama.Tests;

namespace Flama.Pickle.Tests;

public sealed class GoldenModelTests
{
    [Theory]
    [InlineData("0.23.2", 259)]
    [InlineData("1.2.1", 275)]
    [InlineData("1.4.2", 278)]
    [InlineData("1.9.0", 280)]
    public void Read_EveryModelOfAVersion_GivesTheEstimator(string version, int models)
    {
        using var archive = ZipFile.OpenRead(Fixtures.PathOf("sklearn", $"{version}.zip"));
        var read = 0;

        foreach (var entry in archive.Entries.Where(entry => entry.Name is "model.pkl" or "model.joblib"))
        {
            var value = PickleReader.Read(HostileArchive.Read(entry), null, SklearnGlobals.Table);

            Assert.Contains(ClassesIn(value), name => name == EstimatorOf(archive, entry));
            read++;
        }

        Assert.Equal(models, read);
    }

    [Theory]
    [InlineData("zlib")]
    [InlineData("gzip")]
    [InlineData("bz2")]
    [InlineData("lzma")]
    [InlineData("xz")]
    [InlineData("lz4")]
    [InlineData("raw")]
    public void Read_JoblibFileInACodec_GivesTheScaler(string codec)
    {
        var bytes = HostileArchive.Read($"k05_joblib_{codec}.joblib");

        var value = PickleReader.Read(bytes, null, SklearnGlobals.Table);

        Assert.True(PickleReader.LooksLikePickle(bytes.AsSpan(0, 16)));
        Assert.Equal("sklearn.preprocessing._data.StandardScaler", Assert.IsType<PickleObject>(value).Class.ToString());
    }

    /// <summary>The class of a model, or of what stands beside other values in a list, tuple or dict.</summary>
    private static IEnumerable<string> ClassesIn(object? value) => (value switch
    {
        PickleTuple tuple => tuple.Items,
        PickleDict dict => dict.Select(entry => entry.Value),
        List<object?> list => list,
        _ => [value],
    }).OfType<PickleObject>().Select(instance => instance.Class.ToString());

    private static string EstimatorOf(ZipArchive archive, ZipArchiveEntry model)
    {
        var path = model.FullName[..^model.Name.Length] + "case.json";
        using var document = JsonDocument.Parse(HostileArchive.Read(archive.GetEntry(path)!));
        return document.RootElement.GetProperty("meta").GetProperty("estimator").GetString()!;
    }
}
