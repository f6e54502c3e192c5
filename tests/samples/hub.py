"""Events, jobs and the audit log: the house's own business, for who may operate it everywhere."""

EVERYWHERE = {
    "/hub/parked/{parked_id}": "parked events are looked after for the whole house",
    "/jobs/{job_id}": "jobs are looked after for the whole house",
}
