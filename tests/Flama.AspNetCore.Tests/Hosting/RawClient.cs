using System.Net.Sockets;
using System.Text;

namespace Flama.Tests.Hosting;

/// <summary>Requests as bytes, for what clients of the framework would not send.</summary>
internal static class RawClient
{
    /// <summary>Sends a text on a connection of its own and reads until the server closes it.</summary>
    public static async Task<string> SendAsync(Uri address, string text)
    {
        using var client = await ConnectAsync(address);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        using StreamReader reader = new(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<TcpClient> ConnectAsync(Uri address)
    {
        TcpClient client = new();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return client;
    }
}
