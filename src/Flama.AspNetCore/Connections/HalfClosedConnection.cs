using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Flama.AspNetCore.Connections;

/// <summary>Lets a client that has closed its side of the connection have its answer.</summary>
/// <remarks>
/// The server takes the end of what a client sends for the end of the connection: it gives up the answer and cancels the request, although the client
/// may still read, as <c>nc -N</c>, <c>socat</c> and HTTP/1.0 clients do. Here it learns of that end a while later. A reset connection is told by the next write.
/// </remarks>
internal sealed class HalfClosedConnection(ConnectionDelegate next, TimeSpan patience)
{
    public async Task RunAsync(ConnectionContext connection)
    {
        var closed = connection.ConnectionClosed;
        using CancellationTokenSource given = new();
        await using var registration = closed.UnsafeRegister(_ => given.CancelAfter(patience), null);
        connection.ConnectionClosed = given.Token;
        var transport = connection.Transport;
        connection.Transport = new Pipes(new UnhurriedReader(transport.Input), transport.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.ConnectionClosed = closed;
            connection.Transport = transport;
        }
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
