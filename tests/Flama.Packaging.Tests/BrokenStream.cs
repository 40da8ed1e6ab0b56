namespace Flama.Packaging.Tests;

/// <summary>Gives some zeros and then fails as a disk does.</summary>
internal sealed class BrokenStream(int length) : MemoryStream(new byte[length])
{
    public override int Read(byte[] buffer, int offset, int count) =>
        Position < Length ? base.Read(buffer, offset, count) : throw new IOException("The disk is gone.");
}
