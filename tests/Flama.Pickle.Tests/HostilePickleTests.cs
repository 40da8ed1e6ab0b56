using Flama.Pickle.Numpy;
using Flama.Sklearn;

namespace Flama.Pickle.Tests;

public sealed class HostilePickleTests
{
    private const long MaxAllocatedBytes = 512L << 20;

    // These say that a value is not a good model, which only an engine above the reader can tell.
    private static readonly string[] EngineCodes = ["not_a_model", "invalid_model"];

    public static TheoryData<string> Files => [.. HostileArchive.Entries.Select(entry => entry.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_FileOfTheArchive_EndsAsTheManifestSays(string file)
    {
        var entry = HostileArchive.Entries.Single(candidate => candidate.File == file);
        var bytes = HostileArchive.Read(file);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Record.Exception(() => PickleReader.Read(bytes, null, SklearnGlobals.Table));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, MaxAllocatedBytes);
        Assert.False(File.Exists("flama-canary-PWNED"));
        var code = exception is null ? "ok" : Assert.IsType<PickleException>(exception).Code;
        switch (entry.Expect)
        {
            case "accept":
                Assert.Equal("ok", code);
                break;
            case "reject" when !EngineCodes.Contains(entry.Code):
                Assert.Equal(entry.Code, code);
                break;
            default:
                Assert.True(code is not (PickleErrorCode.DisallowedGlobal or PickleErrorCode.DisallowedCall or PickleErrorCode.NotAPickle), code);
                break;
        }
    }

    [Fact]
    public void Entries_Always_CoverEveryGroup()
    {
        var groups = HostileArchive.Entries.Select(entry => entry.File[0]).Distinct().Order();

        Assert.Equal("abcdefghk", string.Concat(groups));
        Assert.True(HostileArchive.Entries.Count >= 135);
    }

    [Theory]
    [MemberData(nameof(Scalers))]
    public void Read_ScalerInAnyForm_HasTheAttributesThatTransform(string file)
    {
        var entry = HostileArchive.Entries.Single(candidate => candidate.File == file);

        var scaler = Assert.IsType<PickleObject>(PickleReader.Read(HostileArchive.Read(file), null, SklearnGlobals.Table));

        var mean = Attribute(scaler, "mean_");
        var scale = Attribute(scaler, "scale_");
        for (var row = 0; row < entry.X!.Length; row++)
        {
            for (var column = 0; column < mean.Length; column++)
            {
                Assert.Equal(entry.Transform![row][column], (entry.X[row][column] - mean[column]) / scale[column], 1e-12);
            }
        }
    }

    public static TheoryData<string> Scalers => [.. HostileArchive.Entries.Where(entry => entry.Transform is not null).Select(entry => entry.File)];

    private static double[] Attribute(PickleObject scaler, string name)
    {
        Assert.True(scaler.Attributes!.TryGetValue(name, out var value));
        return Assert.IsType<NdArray>(value).ToDoubles();
    }
}
