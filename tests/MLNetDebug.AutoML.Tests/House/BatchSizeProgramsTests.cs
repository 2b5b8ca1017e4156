using MLNetDebug.AutoML.Search;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.House;

/// <summary>What keeps the table of the batch size honest.</summary>
[TestClass]
public sealed class BatchSizeProgramsTests
{
    [TestMethod]
    public void Programs_StandInTheSplitOfTheirBase_UnderNamesOfTheirOwn()
    {
        foreach (var program in BatchSizePrograms.All)
            Assert.AreEqual(ZooBases.Named(program.Base).Split, program.Split, program.Id);
        Assert.AreEqual(BatchSizePrograms.All.Count, BatchSizePrograms.All.Select(p => p.Id).Distinct().Count());
    }

    [TestMethod]
    public void Programs_HaveASmallAndALargeBatch_AndRowsToTestOn()
    {
        foreach (var program in BatchSizePrograms.All)
        {
            Assert.IsTrue(BatchSizeArms.AreMeant(new() { Metric = SweepMetric.Loss, Space = new() { BatchSizes = [BatchSizeProgram.Small, program.Large] } }), program.Id);
            Assert.IsGreaterThanOrEqualTo(program.Train + 60, program.Draw(1).Rows, program.Id);
        }
    }
}
