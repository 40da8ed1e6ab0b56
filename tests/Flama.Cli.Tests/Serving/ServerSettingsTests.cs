using System.Net;
using Flama.AspNetCore;
using Flama.Cli.Commands;
using Flama.Cli.Configuration;
using Flama.Cli.Parsing;
using Flama.Cli.Serving;
using Flama.Cli.Settings;
using Flama.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Tests.Serving;

public sealed class ServerSettingsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public void Read_NothingSaid_GivesTheDefaultsOfTheOriginal()
    {
        var plan = Read();

        Assert.Equal(
            (LogLevel.Information, true, TimeSpan.FromSeconds(5), ""),
            (plan.Log.Minimum, plan.Log.Access.Count > 0, Kestrel(plan).Limits.KeepAliveTimeout, plan.Values.Get(ServerSettings.RootPath)));
        Assert.Equal<IEnumerable<IPNetwork>>([IPNetwork.Parse("127.0.0.1/32")], Kinds.NetworksOf(plan.Values.Get(ServerSettings.ForwardedAllowIps))!);
        Assert.Empty(ServerPipeline.HeadersOf(plan.Values));
        Assert.Null(plan.Tls);
    }

    [Theory]
    [InlineData("--server-no-access-log", false)]
    [InlineData("--server-access-log", true)]
    [InlineData("--server-access-log=false", false)]
    [InlineData("--server-no-access-log=false", true)]
    public void Read_Switch_WorksInBothForms(string argument, bool expected)
    {
        Assert.Equal(expected, Read(argument).Log.Access.Count > 0);
    }

    [Fact]
    public void Read_Proxies_AreAddressesNetworksOrAll()
    {
        Assert.Equal<IEnumerable<IPNetwork>>(
            [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("::1/128")], Kinds.NetworksOf("10.0.0.0/8, ::1")!);
        Assert.Empty(Kinds.NetworksOf("*")!);
        Assert.Null(Kinds.NetworksOf("home"));
        Assert.Null(Kinds.NetworksOf(""));
    }

    [Fact]
    public void Read_Headers_AreCollected()
    {
        var plan = Read("--server-headers", "X-One: 1", "--server-headers=X-Two:a:b", "--server-server-header");

        Assert.Equal<IEnumerable<KeyValuePair<string, string>>>([new("Server", "flama"), new("X-One", "1"), new("X-Two", "a:b")], ServerPipeline.HeadersOf(plan.Values));
    }

    [Theory]
    [InlineData("--server-headers=X One: 1", "--server-headers is 'X One: 1', expected NAME:VALUE of printable ASCII.")]
    [InlineData("--server-headers=nothing", "--server-headers is 'nothing', expected NAME:VALUE of printable ASCII.")]
    [InlineData("--server-forwarded-allow-ips=home", "--server-forwarded-allow-ips is 'home', expected addresses such as 10.0.0.1, networks such as 10.0.0.0/8, with commas between them, or *.")]
    [InlineData("--server-limit-concurrency=0", "--server-limit-concurrency is '0', expected a whole number of 1 or more.")]
    [InlineData("--server-limit-memory=1000", "--server-limit-memory is '1000', expected a whole number of 1048576 or more.")]
    [InlineData("--server-limit-response-rate=-1", "--server-limit-response-rate is '-1', expected a whole number of 0 or more.")]
    [InlineData("--server-timeout-keep-alive=-1", "--server-timeout-keep-alive is '-1', expected a number of 0 or more.")]
    [InlineData("--server-log-level=loud", "--server-log-level is 'loud', expected one of critical, error, warning, info, debug, trace.")]
    [InlineData("--server-ssl-keyfile=key.pem", "--server-ssl-keyfile is given without --server-ssl-certfile.")]
    [InlineData("--server-ssl-certfile=no-such.pem", "--server-ssl-certfile is 'no-such.pem', which cannot be used: check the path and the permissions.")]
    [InlineData("--server-env-file=no-such.env", "There is no file of variables 'no-such.env'")]
    public void Read_WrongValue_SaysWhatIsAllowed(string argument, string expected)
    {
        var failure = Assert.Throws<FlamaException>(() => Read(argument));

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Fact]
    public void Read_Numbers_AreTakenAsTheyAre()
    {
        var plan = Read(
            "--server-fd=3", "--server-backlog=7", "--server-timeout-keep-alive=1.5", "--server-h11-max-incomplete-event-size=4096",
            "--server-ws-ping-interval=2", "--server-ws-ping-timeout=0");
        SocketTransportOptions sockets = new();
        WebSocketOptions pings = new();
        plan.Values.Apply(sockets);
        plan.Values.Apply(pings);

        var limits = Kestrel(plan).Limits;
        Assert.Equal((3, 7), (plan.Values.Get(ServerSettings.Descriptor), sockets.Backlog));
        Assert.Equal((TimeSpan.FromSeconds(1.5), 4096, 4096), (limits.KeepAliveTimeout, limits.MaxRequestHeadersTotalSize, limits.MaxRequestLineSize));
        Assert.Equal((TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan), (pings.KeepAliveInterval, pings.KeepAliveTimeout));
    }

    [Theory]
    [InlineData(null, 4096.0)]
    [InlineData("--server-limit-response-rate=100", 100.0)]
    [InlineData("--server-limit-response-rate=0", null)]
    public void Read_ResponseRate_IsTheServersOwn(string? argument, double? rate) =>
        Assert.Equal(rate, Kestrel(argument is null ? Read() : Read(argument)).Limits.MinResponseDataRate?.BytesPerSecond);

    [Fact]
    public void Read_Memory_MayBeBeyondAnInt32()
    {
        FlamaHttpOptions http = new();

        Read("--server-limit-memory=8589934592").Values.Apply(http);

        Assert.Equal(8L << 30, http.MaxRequestMemoryBytes);
    }

    [Fact]
    public void Read_SocketAndDescriptor_ContradictEachOther()
    {
        var failure = Assert.Throws<FlamaException>(() => Read("--server-fd=3", "--server-uds=a.sock"));

        Assert.Equal("--server-uds and --server-fd are both given.", failure.Message);
    }

    [Fact]
    public void Unused_EachOfPythonsOwnOptions_IsAccepted()
    {
        Assert.All(
            ConfigKeys.Settings.Values.Where(setting => setting.IsForeign),
            setting => Assert.Equal([$"Without effect here: {setting.Name}"], Unused($"{setting.Name}=on")));
    }

    [Fact]
    public void Read_EnvironmentFile_IsBehindTheProcess()
    {
        File.WriteAllText(directory.PathOf("a.env"), "# mine\n\nFLAMA_SERVER_ROOT_PATH=/file\nexport FLAMA_SERVER_LIMIT_CONCURRENCY = \"7\"\n");
        TestConsole console = new() { Variables = { ["FLAMA_SERVER_ROOT_PATH"] = "/process" } };

        var values = Read(console, "--server-env-file", directory.PathOf("a.env")).Values;

        Assert.Equal(("/process", 7), (values.Get(ServerSettings.RootPath), values.Get(ServerSettings.LimitConcurrency)));
    }

    [Fact]
    public void Unused_PythonsOwnOptions_AreNamedInOneLine()
    {
        var notices = Unused("--server-loop", "uvloop", "--server-factory", "--server-no-date-header");

        Assert.Equal(["Without effect here: --server-loop, --server-factory, --server-no-date-header"], notices);
        Assert.Empty(Unused());
    }

    public void Dispose() => directory.Dispose();

    private static ServerPlan Read(params string[] arguments) => Read(new TestConsole(), arguments);

    private static ServerPlan Read(TestConsole console, params string[] arguments)
    {
        var context = Context(console, arguments);
        context.AddFiles(configuration: null);
        return ServerPlan.Read(context);
    }

    private static KestrelServerOptions Kestrel(ServerPlan plan)
    {
        KestrelServerOptions kestrel = new();
        plan.Values.Apply(kestrel);
        return kestrel;
    }

    private static List<string> Unused(params string[] arguments)
    {
        var context = Context(new TestConsole(), arguments);
        ServerPlan.NoticeUnused(context, []);
        return context.Notices;
    }

    private static CommandContext Context(TestConsole console, params string[] arguments) =>
        new(CommandLineParser.Parse(new ProgramCommand(), ["serve", "m.flm", .. arguments]), console.Console);
}
