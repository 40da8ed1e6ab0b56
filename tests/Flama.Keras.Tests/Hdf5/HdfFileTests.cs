using Flama.Keras.Hdf5;
using Flama.Keras.Tests.Golden;
using Flama.Tests;
using PureHDF;

namespace Flama.Keras.Tests.Hdf5;

/// <summary>What the reader of HDF5 finds is what PureHDF finds.</summary>
public sealed class HdfFileTests
{
    [Theory]
    [InlineData("keras2.15.zip")]
    [InlineData("keras3.x.zip")]
    public void Arrays_OfFilesThatAreSound_AreThoseOfPureHdf(string archive)
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", archive));
        var count = 0;

        foreach (var golden in cases.Cases.Select(cases.Read).Where(golden => golden.File.EndsWith(".h5", StringComparison.Ordinal)))
        {
            var bytes = cases.ReadModel(golden);
            var ours = HdfFile.Open(bytes, golden.Name);
            using var theirs = H5File.Open(new MemoryStream(bytes, writable: false));
            Compare(ours, ours.Root, theirs, golden.Name, ref count);
        }

        Assert.InRange(count, 4, int.MaxValue);
    }

    [Fact]
    public void Open_SomethingElse_IsRefused()
    {
        var refusal = Assert.Throws<FlamaException>(() => HdfFile.Open(new byte[2000], "some.h5"));

        Assert.Equal(ErrorCodes.InvalidModel, refusal.Code);
        Assert.Contains("'some.h5' is not an HDF5 file", refusal.Message, StringComparison.Ordinal);
    }

    private static void Compare(HdfFile file, HdfObject ours, IH5Group theirs, string place, ref int count)
    {
        var children = theirs.Children().ToDictionary(child => child.Name, StringComparer.Ordinal);
        Assert.Equal(children.Keys.Order(StringComparer.Ordinal), ours.Links.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, address) in ours.Links)
        {
            HdfObject next = new(file, address);
            if (children[name] is IH5Group group)
            {
                Compare(file, next, group, $"{place}/{name}", ref count);
            }
            else if (children[name] is IH5Dataset dataset)
            {
                var array = next.ToArray();
                Assert.Equal(dataset.Space.Dimensions, array.Shape.Select(length => (ulong)length));
                Assert.Equal(dataset.Read<byte[]>(), array.Data.ToArray());
                count++;
            }
        }
    }
}
