using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Flama.Pickle;
using Flama.Tests;

namespace Flama.Hosting.Tests.Trust;

public sealed class ModelAuditTests
{
    private static string Package => Fixtures.List("flm", "churn__g3*p2__zlib*.flm").Select(path => Fixtures.PathOf(path)).First();

    [Fact]
    public void Audit_CleanPackage_ListsNamesSizesAndDigests()
    {
        var audit = ModelAuditor.Audit(Package);

        Assert.Equal(AuditVerdict.Clean, audit.Verdict);
        Assert.Equal("Protocol2", audit.Container);
        Assert.Equal(ModelFormats.Pickle, audit.Format);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Package))), audit.Sha256);
        Assert.Equal("artifact.json", Assert.Single(audit.Artifacts).Name);
        Assert.Empty(audit.Findings);
        Assert.Contains(audit.Pickle!.Globals, global => global is { Global.Name: "Pipeline", Use: AuditedUse.Data });
        Assert.Contains(audit.Pickle.Globals, global => global is { Global.Name: "_reconstruct", Use: AuditedUse.Built, Count: > 0 });
        Assert.True(audit.Model!.Bytes > 0 && audit.Pickle.StreamBytes == audit.Model.Bytes);
    }

    [Fact]
    public void Audit_HostilePickle_ListsAllThatItNames_AndRunsNothing()
    {
        // os.system('x'), then a list with it and with eval.
        var bytes = Encoding.Latin1.GetBytes("\u0080\u0002]q\0(cos\nsystem\nX\u0001\0\0\0x\u0085Rcbuiltins\neval\nX\u0001\0\0\0y\u0085RcxY\nz\ne.");

        var audit = ModelAuditor.Audit(bytes, "m.pkl");

        Assert.Equal(AuditVerdict.Refused, audit.Verdict);
        Assert.Equal(["os.system", "builtins.eval", "xY.z"], audit.Pickle!.Globals.Select(global => global.Global.ToString()));
        Assert.All(audit.Pickle.Globals, global => Assert.Equal(AuditedUse.Refused, global.Use));
        Assert.Null(audit.Pickle.Failure);
        Assert.Equal(3, audit.Findings.Count);
        Assert.All(audit.Findings, finding => Assert.Equal(ErrorCodes.DisallowedGlobal, finding.Code));
    }

    [Fact]
    public void Audit_CallOfAnAllowedName_ThatNoWriterMakes_IsRefused()
    {
        var bytes = Encoding.Latin1.GetBytes("\u0080\u0002cnumpy\nndarray\n)R.");

        var audit = ModelAuditor.Audit(bytes, "m.pkl");

        var global = Assert.Single(audit.Pickle!.Globals);
        Assert.Equal(AuditedUse.Refused, global.Use);
        Assert.Contains("it is called", global.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004", AuditVerdict.Refused, "truncated")]
    [InlineData("hello", AuditVerdict.Refused, "not_a_model")]
    [InlineData("\u0080\u0004N.", AuditVerdict.Refused, "not_a_model")]
    public void Audit_OtherContent_IsRefusedWithWhatItIs(string content, AuditVerdict verdict, string code)
    {
        var audit = ModelAuditor.Audit(Encoding.Latin1.GetBytes(content), "m");

        Assert.Equal(verdict, audit.Verdict);
        Assert.Equal(code, Assert.Single(audit.Findings).Code.Name);
    }

    [Fact]
    public void Audit_MissingFile_IsAnError()
    {
        var audit = ModelAuditor.Audit(Path.Combine(Path.GetTempPath(), "flama-there-is-no-such-file.flm"));

        Assert.Equal(AuditVerdict.Error, audit.Verdict);
        Assert.Equal(ErrorCodes.FileNotFound, Assert.Single(audit.Findings).Code);
    }

    [Fact]
    public void ToJson_HasEverythingOfTheAudit()
    {
        using var document = JsonDocument.Parse(AuditWriter.ToJson(ModelAuditor.Audit(Package)));

        var root = document.RootElement;
        Assert.Equal("clean", root.GetProperty("verdict").GetString());
        Assert.Equal("pickle", root.GetProperty("format").GetString());
        Assert.Equal(64, root.GetProperty("sha256").GetString()!.Length);
        Assert.True(root.GetProperty("pickle").GetProperty("complete").GetBoolean());
        Assert.True(root.GetProperty("pickle").GetProperty("globals").GetArrayLength() > 10);
        Assert.Equal(0, root.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public void ToSarif_HasAResultForEachFinding_WithItsRule()
    {
        var audit = ModelAuditor.Audit(Encoding.Latin1.GetBytes("\u0080\u0002cos\nsystem\n."), "m.pkl");

        using var document = JsonDocument.Parse(AuditWriter.ToSarif(audit, "models/my m.pkl", "1.2.3"));

        var run = document.RootElement.GetProperty("runs")[0];
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal("2.1.0", document.RootElement.GetProperty("version").GetString());
        Assert.Equal("disallowed_global", result.GetProperty("ruleId").GetString());
        Assert.Equal("disallowed_global", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0].GetProperty("id").GetString());
        Assert.Equal("models/my%20m.pkl", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.StartsWith("The pickle refers to os.system", result.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }
}
