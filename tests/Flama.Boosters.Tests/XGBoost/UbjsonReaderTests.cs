using System.Buffers.Binary;
using System.Text;
using Flama.Boosters.XGBoost;

namespace Flama.Boosters.Tests.XGBoost;

public sealed class UbjsonReaderTests
{
    [Fact]
    public void Read_EveryKindOfValue_GivesIt()
    {
        byte[] bytes =
        [
            .. "{i"u8, 1, .. "nZ"u8,
            .. "U"u8, 1, .. "tT"u8,
            .. "U"u8, 1, .. "fF"u8,
            .. "I"u8, 0, 1, .. "sSi"u8, 2, .. "hi"u8,
            .. "l"u8, 0, 0, 0, 1, .. "cCx"u8,
            .. "L"u8, 0, 0, 0, 0, 0, 0, 0, 1, .. "aI"u8, 0xFF, 0xFE,
            .. "i"u8, 1, .. "hHi"u8, 3, .. "2.5"u8,
            .. "i"u8, 1, .. "d[$d#i"u8, 2, 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0,
            .. "i"u8, 1, .. "l[#i"u8, 2, .. "i"u8, 7, .. "T"u8,
            .. "i"u8, 1, .. "m[i"u8, 1, .. "U"u8, 200, .. "]"u8,
            .. "i"u8, 1, .. "e[]"u8,
            .. "i"u8, 1, .. "o{#i"u8, 1, .. "i"u8, 1, .. "kD"u8, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0,
            .. "}"u8,
        ];

        var read = Assert.IsType<DocumentObject>(UbjsonReader.Read(bytes));

        Assert.Null(read["n"]);
        Assert.Equal(true, read["t"]);
        Assert.Equal(false, read["f"]);
        Assert.Equal("hi", read.Text("s"));
        Assert.Equal("x", read.Text("c"));
        Assert.Equal(-2.0, read["a"]);
        Assert.Equal(2.5, read["h"]);
        Assert.Equal([1f, -2f], read.Numbers("d")!.ToSingles());
        Assert.Equal([7.0, true], read.List("l"));
        Assert.Equal([1, 200], read.Numbers("m")!.ToIntegers());
        Assert.Empty(read.List("e")!);
        Assert.Equal(1.5, read.Object("o")!["k"]);
    }

    [Theory]
    [InlineData("i", new byte[] { 0xFF, 3 }, new[] { -1, 3 })]
    [InlineData("U", new byte[] { 0xFF, 3 }, new[] { 255, 3 })]
    [InlineData("I", new byte[] { 0xFF, 0xFE, 0, 3 }, new[] { -2, 3 })]
    [InlineData("l", new byte[] { 0, 1, 0, 0, 0, 0, 0, 3 }, new[] { 65536, 3 })]
    [InlineData("L", new byte[] { 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0 }, new[] { 65536, int.MinValue })]
    [InlineData("D", new byte[] { 0x40, 8, 0, 0, 0, 0, 0, 0, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0 }, new[] { 3, int.MinValue })]
    public void Read_TypedArray_GivesItsNumbers(string type, byte[] items, int[] expected)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes($"{{i\u0001a[${type}#i"), 2, .. items, .. "}"u8];

        var read = Assert.IsType<DocumentObject>(UbjsonReader.Read(bytes));

        Assert.Equal(expected, read.Numbers("a")!.ToIntegers());
        Assert.Equal(2, read.Numbers("a")!.ToSingles().Length);
    }

    [Fact]
    public void Read_ArraysThatPredictingNeverNeeds_AreLeftOut()
    {
        byte[] bytes = [.. "{i"u8, 7, .. "parents[$l#i"u8, 1, 0, 0, 0, 1, .. "i"u8, 12, .. "loss_changes{i"u8, 1, .. "a[{}]}i"u8, 1, .. "zi"u8, 5, .. "}"u8];

        var read = Assert.IsType<DocumentObject>(UbjsonReader.Read(bytes));

        Assert.Null(read["parents"]);
        Assert.Null(read["loss_changes"]);
        Assert.Equal(5.0, read["z"]);
    }

    [Theory]
    [InlineData("{i\u0001a[$d#L\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f", "truncated")]
    [InlineData("{i\u0001aSl\u007f\u007f\u007f\u007f", "truncated")]
    [InlineData("{l\u007f\u007f\u007f\u007fa", "truncated")]
    [InlineData("{i\u0001a[#l\u007f\u007f\u007f\u007f", "truncated")]
    [InlineData("{#l\u007f\u007f\u007f\u007f", "truncated")]
    [InlineData("{i\u0001a[$Z#l\u007f\u007f\u007f\u007f", "corrupt")]
    [InlineData("{i\u0001a[$T#l\u007f\u007f\u007f\u007f", "corrupt")]
    [InlineData("{i\u0001a[$[#i\u0002", "corrupt")]
    [InlineData("{i\u0001a[$di\u0002", "corrupt")]
    [InlineData("{$i#i\u0001", "corrupt")]
    [InlineData("{i\u0001aX", "corrupt")]
    [InlineData("{i\u0001aHi\u0001x", "corrupt")]
    [InlineData("{d", "corrupt")]
    public void Read_DamagedOrHostileBytes_FailsWithoutTakingMemory(string text, string code)
    {
        var bytes = Encoding.Latin1.GetBytes(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<FlamaException>(() => UbjsonReader.Read(bytes));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(code, error.Code.Name);
        Assert.True(allocated < 100_000, $"it took {allocated} bytes");
    }

    [Fact]
    public void Read_NegativeCount_Fails()
    {
        byte[] bytes = [.. "{i"u8, 1, .. "aSi"u8, 0xFF];

        var error = Assert.Throws<FlamaException>(() => UbjsonReader.Read(bytes));

        Assert.Contains("a count is negative", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_Fails()
    {
        var bytes = new byte[1_000_000];
        bytes.AsSpan().Fill((byte)'[');

        var error = Assert.Throws<FlamaException>(() => UbjsonReader.Read(bytes));

        Assert.Equal(ErrorCodes.LimitExceeded, error.Code);
    }

    [Fact]
    public void Read_RandomBytes_WorksOrFailsWithATypedError()
    {
        var random = new Random(5);
        var alphabet = "{}[]$#iUIlLdDSTFZCH\0\u0001\u0002abc"u8.ToArray();
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(1, 40)];
            random.GetItems(alphabet, bytes);
            bytes[0] = (byte)'{';
            try
            {
                UbjsonReader.Read(bytes);
                read++;
            }
            catch (FlamaException)
            {
                // Refused.
            }
        }

        Assert.True(read > 10, $"only {read} were read");
    }

    [Fact]
    public void Read_FloatsOfADocument_AreThoseOfItsJson()
    {
        float[] numbers = [0.1f, -2.5e-7f, float.MaxValue, 1e-45f, 16777216f];
        var packed = new byte[numbers.Length * sizeof(float)];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(packed.AsSpan(i * sizeof(float)), numbers[i]);
        }

        var fromBinary = (DocumentObject)UbjsonReader.Read([.. "{i"u8, 1, .. "a[$d#i"u8, (byte)numbers.Length, .. packed, .. "}"u8])!;
        var fromText = (DocumentObject)JsonDocumentReader.Read("""{"a":[1E-1,-2.5E-7,3.4028235E38,1E-45,1.6777216E7]}"""u8)!;

        Assert.Equal(numbers, fromBinary.Numbers("a")!.ToSingles());
        Assert.Equal(numbers, fromText.Numbers("a")!.ToSingles());
    }
}
