using System.Net.WebSockets;

namespace Flama.AspNetCore.Streaming;

/// <summary>The bytes of a WebSocket, left open when the socket gives them up: it does so before the client has taken its close frame.</summary>
/// <remarks>The socket writes whole frames.</remarks>
internal sealed class FrameStream(Stream connection) : Stream
{
    private const byte CloseFrame = 0x88;

    private bool hasClosed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes a close frame unless one was written.</summary>
    public ValueTask CloseAsync(WebSocketCloseStatus status, CancellationToken cancellationToken) => hasClosed
        ? ValueTask.CompletedTask
        : WriteAsync(new byte[] { CloseFrame, sizeof(ushort), (byte)((int)status >> 8), (byte)status }, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => connection.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => connection.Read(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        hasClosed |= buffer.Length > 0 && buffer.Span[0] == CloseFrame;
        return connection.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => connection.Write(buffer, offset, count);

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public override void Flush() => connection.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
