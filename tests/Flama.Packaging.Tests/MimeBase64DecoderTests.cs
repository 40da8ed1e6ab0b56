using System.Text;
using Flama.Packaging.Reading;
using Flama.Packaging.Sources;
using Flama.Packaging.Writing;

namespace Flama.Packaging.Tests;

public sealed class MimeBase64DecoderTests
{
    // What Python 3.11's base64.decodebytes answers.
    [Theory]
    [InlineData("", "")]
    [InlineData("QUJD", "ABC")]
    [InlineData("QU\nJD", "ABC")]
    [InlineData("Q U*J-D_", "ABC")]
    [InlineData("QUI=", "AB")]
    [InlineData("QQ==", "A")]
    [InlineData("QQ=\n=", "A")]
    [InlineData("QQ==QUJD", "A")]
    [InlineData("=QUJD", "ABC")]
    [InlineData("Q=UJD", "ABC")]
    [InlineData("QU=JD", "ABC")]
    [InlineData("QU=J=D", "AB")]
    [InlineData("QUI=\nQUI=", "AB")]
    [InlineData("====", "")]
    [InlineData("QUJD====", "ABC")]
    [InlineData("QR==", "A")]
    [InlineData("QU==I=", "A")]
    [InlineData("Q==UJD", "ABC")]
    [InlineData("QUJ==", "AB")]
    public void Finish_AnyText_DecodesAsPythonDoes(string text, string expected)
    {
        var whole = Decode([Encoding.ASCII.GetBytes(text)]);
        var letters = Decode([.. text.Select(letter => new[] { (byte)letter })]);

        Assert.Equal(expected, Encoding.ASCII.GetString(whole));
        Assert.Equal(expected, Encoding.ASCII.GetString(letters));
    }

    [Theory]
    [InlineData("QUI")]
    [InlineData("QQ=")]
    [InlineData("Q")]
    [InlineData("QUJDQ")]
    public void Finish_IncompleteGroup_IsDamaged(string text)
    {
        var exception = Assert.Throws<FlamaException>(() => Decode([Encoding.ASCII.GetBytes(text)]));

        Assert.Equal("'m' is damaged: the base64 text of its model stops in the middle of a group.", exception.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(114)]
    [InlineData(24_576)]
    [InlineData(24_577)]
    [InlineData(100_000)]
    public void Finish_WhatTheWriterWrote_IsTheSame(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var text = new MemoryStream();
        MimeBase64.Write(bytes, text, "\n"u8);

        var decoded = Decode([.. text.ToArray().Chunk(1000)]);

        Assert.Equal(bytes, decoded);
        var lines = Encoding.ASCII.GetString(text.ToArray()).Split('\n');
        Assert.Equal((length + 56) / 57 + 1, lines.Length);
        Assert.All(lines[..^2], line => Assert.Equal(76, line.Length));
        Assert.Equal(Convert.ToBase64String(bytes), string.Concat(lines));
        Assert.Equal("", lines[^1]);
    }

    private static byte[] Decode(byte[][] pieces)
    {
        using var file = new PackageFile("m", new MemoryByteSource(default), PackageLimits.Default);
        using var decoder = new MimeBase64Decoder(file);
        foreach (var piece in pieces)
        {
            decoder.Append(piece);
        }

        return decoder.Finish().ReadAll().ToArray();
    }
}
