using System.Text;
using Flama.Onnx.Graphs;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.FunctionalTests.Docs;

/// <summary>A terminal in which the commands of a guide are typed, in a folder with the files that guides speak of. A server runs until the next one, on a port that is free.</summary>
internal sealed class GuideSession : IAsyncDisposable
{
    private const string Documented = "http://127.0.0.1:8000";
    private const string Ready = "Flama running on ";

    private readonly TemporaryDirectory directory = new();
    private FlamaProcess? server;
    private string address = Documented;

    public GuideSession(IEnumerable<DocumentBlock> blocks)
    {
        foreach (var (name, model) in new[] { ("churn", Churn.Path), ("xor", Xor.Path) })
        {
            File.Copy(model, directory.PathOf($"{name}.flm"));
            using var package = ModelPackage.Open(model);
            var pickle = package.ReadModel().Payload.ReadAll().ToArray();
            File.WriteAllBytes(directory.PathOf($"{name}.pkl"), pickle);
            File.WriteAllBytes(directory.PathOf($"{name}.joblib"), pickle);
        }

        File.WriteAllText(directory.PathOf("booster.json"), Booster);
        File.WriteAllText(directory.PathOf("input.json"), $"[{Churn.Row}]");
        File.WriteAllText(directory.PathOf("rows.ndjson"), $"[{Churn.Row}]\n[{Churn.Row}]\n");
        File.WriteAllText(directory.PathOf("cases.json"), $$"""[{"input": [{{Churn.Row}}], "output": [0]}]""");
        File.WriteAllText(directory.PathOf("README.txt"), "What the model is.\n");
        File.WriteAllText(directory.PathOf("models.yaml"), "- {path: churn.flm}\n- {path: xor.flm}\n");

        File.WriteAllBytes(directory.PathOf("digits.onnx"), Graph());
        ProcessingServer.WriteEncoder(directory.PathOf("encoder.onnx"));
        File.Move(directory.PathOf("words.txt"), directory.PathOf("vocab.txt"));
        ProcessingServer.WriteModel(directory.PathOf("photos.onnx"), Dimension.Any);
        ProcessingServer.ExtractPhoto(directory.PathOf("photo.jpg"), "rgb_35x21_s2_p.jpg");
        ProcessingServer.ExtractPhoto(directory.PathOf("other.png"), "RGB_17x13.png");
        File.WriteAllText(directory.PathOf("tensors.json"), "[[0.1, 0.2, 0.3, 0.4]]");

        File.WriteAllText(directory.PathOf("labels.txt"), "cat\ndog\nbird\n");
        foreach (var (name, key) in new[] { ("photos", "\"image\": "), ("encoder", "\"text\": ") })
        {
            if (blocks.FirstOrDefault(block => block.Language == "json" && string.Concat(block.Lines).Contains(key, StringComparison.Ordinal)) is { } processing)
            {
                File.WriteAllLines(directory.PathOf($"{name}.processing.json"), processing.Lines);
            }
        }

        // A configuration that a guide shows is the one that it starts.
        if (blocks.FirstOrDefault(block => block.Language == "yaml") is { } configuration)
        {
            File.WriteAllLines(directory.PathOf("production.yaml"), configuration.Lines);
        }
    }

    /// <summary>Types a command; a server is waited for until it listens, another command until it ends.</summary>
    /// <returns>What it wrote; empty for a server.</returns>
    public async Task<string> TypeAsync(string command)
    {
        if (IsServer(command))
        {
            await StopAsync();
            server = FlamaProcess.StartOther(["bash", "-c", Script(command, isServer: true)], null);
            var line = await server.WaitForErrorAsync(Ready);
            address = line[(line.IndexOf(Ready, StringComparison.Ordinal) + Ready.Length)..].Split(' ')[0].TrimEnd('/');
            return "";
        }

        var result = await FlamaProcess.RunOtherAsync("bash", ["-c", Script(command.Replace(Documented, address, StringComparison.Ordinal), isServer: false)]);
        Assert.True(result.ExitCode == 0, $"{command}\nended with {result.ExitCode}: {result.Output}{result.Error}");
        return result.Output.TrimEnd('\n');
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        directory.Dispose();
    }

    private static byte[] Graph()
    {
        OnnxGraphBuilder graph = new();
        var x = graph.Input("x", OnnxElementType.Float32, new(null, "batch"), 4);
        var w = graph.Constant<float>([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1], 4, 3);
        graph.Output("y", graph.Add("Softmax", [graph.Add("MatMul", [x, w])], OnnxAttribute.Of("axis", -1)), OnnxElementType.Float32, new(null, "batch"), 3);
        return graph.ToProgram(opset: 17).ToBytes();
    }

    private static bool IsServer(string command) =>
        (Starts(command, "flama serve") || Starts(command, "flama start"))
        && !command.Contains("--create-config", StringComparison.Ordinal) && !command.Contains("--explain-config", StringComparison.Ordinal);

    private static bool Starts(string command, string program) => $"{command} ".Contains($"{program} ", StringComparison.Ordinal);

    private string Script(string command, bool isServer)
    {
        var program = $"'{FlamaProcess.Host}' '{Path.Combine(AppContext.BaseDirectory, "flama.dll")}' \"$@\"";
        StringBuilder script = new("set -e -o pipefail\n");
        script.Append(isServer ? $"flama() {{ exec {program} --server-port 0; }}\n" : $"flama() {{ {program}; }}\n");
        script.Append("curl() { command curl --fail-with-body \"$@\"; }\n");
        return script.Append("cd '").Append(directory.Root).Append("'\n").Append(command).ToString();
    }

    private async Task StopAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            server = null;
        }
    }

    // As XGBoost writes a linear booster of one feature.
    private const string Booster = """
        {"learner":{"attributes":{},"feature_names":[],"feature_types":[],"gradient_booster":{"model":{"boosted_rounds":"1","weights":[2.0,1.0]},"name":"gblinear"},"learner_model_param":{"base_score":"5E-1","boost_from_average":"1","num_class":"0","num_feature":"1","num_target":"1"},"objective":{"name":"reg:squarederror","reg_loss_param":{"scale_pos_weight":"1"}}},"version":[1,7,4]}
        """;
}
